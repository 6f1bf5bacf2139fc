//! A fresh database for every scene.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The server to make databases on; nothing where there is none.
pub fn server() -> Option<String> {
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        return Some(server);
    }
    assert!(std::env::var("CI").is_err(), "TEST_DATABASE_URL must name a server in CI");
    eprintln!("not run on PostgreSQL: TEST_DATABASE_URL is not set; see `cargo xtask test`");
    None
}

/// The file in which SQLite keeps a world.
pub const FILE: &str = "scene.sqlite";

pub fn in_folder(folder: &Path) -> String {
    format!("sqlite://{}/{FILE}?mode=rwc", folder.display())
}

/// The database's clock cannot be set, but another can be put in its place.
pub const OWN_CLOCK: &str = "
    CREATE SCHEMA own;
    CREATE TABLE own.clock (ahead interval NOT NULL);
    INSERT INTO own.clock VALUES ('0');
    CREATE FUNCTION own.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            RETURN pg_catalog.clock_timestamp() + (SELECT ahead FROM own.clock);
        END
    $$;
    DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = own, public, pg_catalog',
            current_database());
    END $$;";

/// A new database on a server, empty or like another one: its name and its address.
pub async fn create(server: &str, like: Option<&str>) -> (String, String) {
    let name = format!("scene_{}", Uuid::now_v7().simple());
    let like = like.map(|it| format!(" TEMPLATE {it}")).unwrap_or_default();
    run(server, &[&format!("CREATE DATABASE {name}{like}")]).await;
    let (address, query) = server.split_once('?').unwrap_or((server, ""));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    let address =
        if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") };
    (name, address)
}

/// Where a world keeps everything that it remembers.
pub struct Place {
    pub url: String,
    dropped: Option<Dropped>,
}

/// A database that is dropped with this: a whole run would leave eleven gigabytes.
struct Dropped {
    server: String,
    name: String,
}

impl Place {
    pub fn in_folder(folder: &Path) -> Self {
        Self { url: in_folder(folder), dropped: None }
    }

    pub async fn on(server: &str, like: &str) -> Self {
        let (name, url) = create(server, Some(like)).await;
        Self { url, dropped: Some(Dropped { server: server.into(), name }) }
    }
}

impl Drop for Dropped {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // The scene's own runtime runs nothing any more while it drops what it had.
        let dropping = std::thread::scope(|scope| {
            let dropping = scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.unwrap().block_on(run(&self.server, &[&statement]));
            });
            dropping.join()
        });
        if dropping.is_err() {
            eprintln!("{} stays", self.name);
        }
    }
}

/// Keeps everybody out of a database, so that it can be copied.
pub async fn close(server: &str, name: &str) {
    let out =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    run(server, &[&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"), &out]).await;
}

pub async fn exists(server: &str, name: &str) -> bool {
    let admin = Database::connect(server).await.unwrap();
    let ask = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    let row = admin.query_one_raw(Statement::from_string(DbBackend::Postgres, ask)).await.unwrap();
    admin.close().await.unwrap();
    row.is_some()
}

/// Runs statements, each on its own.
pub async fn run(address: &str, statements: &[&str]) {
    let admin = Database::connect(address).await.unwrap();
    for statement in statements {
        admin.execute_unprepared(statement).await.unwrap();
    }
    admin.close().await.unwrap();
}
