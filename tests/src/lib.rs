//! The real program from outside: a server with a database and a WeChat of its own, people who call
//! it over HTTP, and people who use it in a real browser.
//!
//! `cargo xtask test` says by environment variables where everything is: `FINGERTIP_BIN` the server,
//! `TEST_DATABASE_URL` and `TEST_REDIS_URL` a PostgreSQL and a Redis to share, `CHROMIUM`,
//! `CHROMIUM_86_DIR` and `NODE_MODULES` what the journeys need.

mod environment;
mod installation;
mod journey;
mod person;
mod port;
mod roster;
mod seeded;
mod server;
mod store;

pub use installation::Installation;
pub use journey::Journey;
pub use person::{Failure, Person};
pub use server::Server;
pub use store::Kind;

/// Plays a scene on each store: `on_every_store!(a_rule_as_a_sentence);` where `a_rule_as_a_sentence`
/// is an async function that takes an [`Installation`].
///
/// PostgreSQL and Redis are used where `TEST_DATABASE_URL` names a server, as under
/// `cargo xtask test`; with `CI` set, its absence is a failure.
#[macro_export]
macro_rules! on_every_store {
    ($scene:ident) => {
        mod $scene {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                play($crate::Kind::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres_and_redis() {
                if $crate::Kind::Postgres.is_available() {
                    play($crate::Kind::Postgres).await;
                }
            }

            async fn play(kind: $crate::Kind) {
                let installation = $crate::Installation::start(kind).await.expect("it starts");
                super::$scene(installation).await.expect("the scene plays to its end");
            }
        }
    };
}
