//! The stage of the API scenes: a world with the cast in it, on SQLite and on PostgreSQL.
//!
//! `scene!` runs one scene on each database. PostgreSQL is used where `TEST_DATABASE_URL` names a
//! server, as under `cargo xtask test`; with `CI` set, its absence is a failure.
#![allow(dead_code, reason = "every scene file uses a part of the stage")]

mod cast;
mod database;
mod person;
mod template;
mod waiting;

use std::path::Path;

use actix_http::Request;
use actix_web::{
    App as ActixApp,
    body::BoxBody,
    dev::{Service, ServiceResponse},
    test, web,
};
use backend::{App, config::Config, http};
use clap::Parser;
use futures_util::future::LocalBoxFuture;
use tempfile::TempDir;

pub use cast::Cast;
pub use database::Kind;
pub use person::Person;

/// Runs a scene on every database: `scene!(a_rule_as_a_sentence, |world| async move { … });`
#[macro_export]
macro_rules! scene {
    ($name:ident, |$world:ident| $body:expr) => {
        async fn $name($world: $crate::scene::World) {
            $body.await
        }

        mod $name {
            use $crate::scene::{Kind, World};

            #[actix_web::test]
            async fn on_sqlite() {
                super::$name(World::new(Kind::Sqlite).await.expect("SQLite is always there")).await;
            }

            #[actix_web::test]
            async fn on_postgres() {
                if let Some(world) = World::new(Kind::Postgres).await {
                    super::$name(world).await;
                }
            }
        }
    };
}

type Answering =
    dyn Fn(Request) -> LocalBoxFuture<'static, Result<ServiceResponse<BoxBody>, actix_web::Error>>;

/// An installation of its own, with an empty database but for the cast.
pub struct World {
    pub app: App,
    pub cast: Cast,
    service: std::rc::Rc<Answering>,
    /// Everything goes when these are dropped.
    database: database::Place,
    data: TempDir,
}

#[derive(Parser)]
struct Settings {
    #[command(flatten)]
    config: Config,
}

pub const PUBLIC_BASE: &str = "http://127.0.0.1:8080";

impl World {
    /// Nothing where there is no such database to test on.
    pub async fn new(kind: Kind) -> Option<Self> {
        Self::configured_on(kind, &[]).await
    }

    /// A world on SQLite whose configuration has more to it, as `&["--wechat-api-base", …]` would.
    pub async fn configured(arguments: &[&str]) -> Self {
        Self::configured_on(Kind::Sqlite, arguments).await.expect("SQLite is always there")
    }

    /// The same on any database; nothing where there is no such database to test on.
    pub async fn configured_on(kind: Kind, arguments: &[&str]) -> Option<Self> {
        let data = tempfile::tempdir().unwrap();
        let (database, cast) = template::copy(kind, data.path(), arguments).await?;
        let app = Self::app(&database.url, data.path(), arguments).await;
        Some(Self::serving(app, cast, database, data).await)
    }

    async fn app(url: &str, data_dir: &Path, arguments: &[&str]) -> App {
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut settings = vec!["fingertip", "--database-url", url, "--public-base", PUBLIC_BASE];
        settings.extend(["--data-dir", data_dir.to_str().unwrap()]);
        // We are another program.
        if !arguments.contains(&"--program") {
            settings.extend(["--program", env!("CARGO_BIN_EXE_fingertip")]);
        }
        // Scenes are played at any time of day.
        settings.extend(["--quiet-hours", "off"]);
        // Whatever programs are installed here.
        for program in ["--ffmpeg", "--libreoffice"] {
            if !arguments.contains(&program) {
                settings.extend([program, "none"]);
            }
        }
        settings.extend(arguments);
        let config = Settings::parse_from(settings).config;
        App::start(config).await.unwrap()
    }

    /// The same installation after its server was started again.
    pub async fn restarted(self) -> Self {
        let app = App::start((*self.app.config).clone()).await.unwrap();
        Self::serving(app, self.cast, self.database, self.data).await
    }

    async fn serving(app: App, cast: Cast, database: database::Place, data: TempDir) -> Self {
        let service = test::init_service(
            ActixApp::new().app_data(web::Data::new(app.clone())).configure(http::configure),
        )
        .await;
        let service = std::rc::Rc::new(service);
        let answering = move |request: Request| -> LocalBoxFuture<'static, _> {
            let service = service.clone();
            Box::pin(async move {
                service.call(request).await.map(ServiceResponse::map_into_boxed_body)
            })
        };
        Self { app, cast, service: std::rc::Rc::new(answering), database, data }
    }

    /// A world whose database has a clock that [`Self::set_clock_ahead`] sets; nothing where there is
    /// no PostgreSQL.
    pub async fn with_a_clock_of_its_own() -> Option<Self> {
        let world = Self::new(Kind::Postgres).await?;
        world.sql(database::OWN_CLOCK).await;
        // Connections find the clock from when they are made.
        Some(world.restarted().await)
    }

    /// Sets the clock of the database so many seconds ahead.
    pub async fn set_clock_ahead(&self, seconds: u32) {
        self.sql(&format!("UPDATE own.clock SET ahead = {seconds} * interval '1 second'")).await;
    }

    /// A member of the cast, signed in; see [`Cast`] for the keys.
    pub async fn person(&self, key: &str) -> Person<'_> {
        Person::signed_in(self, self.cast.id(key)).await
    }

    /// Makes 刘强 an officer of the own organisation.
    pub async fn make_near_officer(&self) {
        self.sql(
            "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'training_officer', 'organization', organization_id, created_at
             FROM people WHERE name = '刘强'",
        )
        .await;
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Person<'_> {
        Person::stranger(self)
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: test::TestRequest) -> ServiceResponse<BoxBody> {
        (self.service)(request.to_request()).await.expect("the service answers")
    }

    /// Runs SQL that moves the world into a state no call can bring about, as time passing.
    pub async fn sql(&self, statement: &str) {
        let statement = statement.to_owned();
        self.app
            .db
            .write(move |tx| {
                Box::pin(async move {
                    sea_orm::ConnectionTrait::execute_unprepared(tx, &statement).await?;
                    Ok(())
                })
            })
            .await
            .unwrap();
    }
}
