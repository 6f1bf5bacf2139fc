//! A fresh database for every scene.

use std::path::Path;

use sea_orm::{ConnectionTrait, Database};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The address of an empty database; nothing where there is no server to make one on.
pub async fn fresh(kind: Kind, folder: &Path) -> Option<String> {
    match kind {
        Kind::Sqlite => Some(format!("sqlite://{}/scene.sqlite?mode=rwc", folder.display())),
        Kind::Postgres => postgres().await,
    }
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

async fn postgres() -> Option<String> {
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        assert!(std::env::var("CI").is_err(), "TEST_DATABASE_URL must name a server in CI");
        eprintln!("not run on PostgreSQL: TEST_DATABASE_URL is not set; see `cargo xtask test`");
        return None;
    };
    let name = format!("scene_{}", Uuid::now_v7().simple());
    let admin = Database::connect(&server).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (address, query) = server.split_once('?').unwrap_or((&server, ""));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    Some(if query.is_empty() { format!("{base}/{name}") } else { format!("{base}/{name}?{query}") })
}
