//! A server whose role adds to the log and cannot change it.

use backend::{App, audit::rights::confine};
use reqwest::Url;
use sea_orm::ConnectionTrait;

use super::*;
use crate::scene::Kind;

/// What somebody who had taken over a server would try.
const TRICKS: [&str; 13] = [
    "UPDATE audit_log SET canonical = 'x'",
    "DELETE FROM audit_log",
    "TRUNCATE audit_log",
    "UPDATE audit_checkpoints SET line = 'x'",
    "DELETE FROM audit_checkpoints",
    "TRUNCATE audit_checkpoints CASCADE",
    "UPDATE audit_pending SET canonical = 'x'",
    "DELETE FROM audit_pending",
    "DROP TRIGGER audit_log_append_only ON audit_log",
    "ALTER TABLE audit_log DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NEW; END $$",
    "DROP TABLE audit_log",
];

#[actix_web::test]
async fn a_server_with_a_role_of_its_own_adds_to_the_log_and_cannot_change_it() {
    let Some(world) = World::new(Kind::Postgres).await else { return };
    let role = format!("app_{}", Uuid::now_v7().simple());
    world.sql(&format!("CREATE ROLE {role} LOGIN")).await;
    confine(&world.app.db, &role).await.unwrap();
    confine(&world.app.db, &role).await.unwrap();
    world.sql("CREATE TABLE of_a_later_version (id integer)").await;

    let mut config = (*world.app.config).clone();
    let mut url = Url::parse(&config.database_url()).unwrap();
    url.set_username(&role).unwrap();
    config.database_url = Some(String::from(url).into());
    let server = App::start(config).await.unwrap();
    server.db.migrate().await.unwrap();
    audit::record_start(&server).await.unwrap();
    assert!(seal(&server, Uuid::now_v7()).await.unwrap() > 0);
    assert!(recorded(&world).await.is_empty(), "what is sealed has left the queue");
    audit::record_start(&server).await.unwrap();
    let before = (chain(&world).await, recorded(&world).await);
    assert!(backend::audit::checkpoints::latest(server.db.read()).await.unwrap().is_some());

    for trick in TRICKS {
        let refused = server.db.read().execute_unprepared(trick).await.unwrap_err().to_string();
        let why = ["permission denied", "must be owner", "append-only"];
        assert!(why.iter().any(|it| refused.contains(it)), "{trick}: {refused}");
    }
    assert_eq!((chain(&world).await, recorded(&world).await), before);
    server.db.read().execute_unprepared("INSERT INTO of_a_later_version VALUES (1)").await.unwrap();

    world.sql(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await;
}

#[actix_web::test]
async fn only_postgres_has_roles_and_a_name_is_only_a_name() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    confine(&world.app.db, "app").await.unwrap_err();
    if let Some(world) = World::new(Kind::Postgres).await {
        for name in ["", "app; DROP TABLE audit_log", "\"app\"", "App"] {
            confine(&world.app.db, name).await.unwrap_err();
        }
    }
}
