//! What a report costs: somebody who watches sends one every few seconds.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{one_video, watched};
use crate::scene::World;

async fn ask(world: &World, question: &str) -> Vec<String> {
    let db = world.app.db.read();
    let question = Statement::from_string(db.get_database_backend(), question);
    let rows = db.query_all_raw(question).await.unwrap();
    rows.iter().map(|it| it.try_get_by_index(0).unwrap()).collect()
}

/// The tables, without those in which SQLite keeps an index of words.
async fn tables(world: &World) -> Vec<String> {
    if world.app.db.backend() == DbBackend::Postgres {
        return ask(world, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
            .await;
    }
    let of = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let indexes = ask(world, &format!("{of} AND sql LIKE 'CREATE VIRTUAL%'")).await;
    let mut all = ask(world, of).await;
    all.retain(|it| !indexes.iter().any(|index| it.starts_with(index)));
    all
}

/// Notes every write to any table from now on: each statement on PostgreSQL, whether or not it finds a
/// row, and each row on SQLite.
async fn note_writes(world: &World) {
    world.sql("CREATE TABLE noted (what text NOT NULL)").await;
    let on_postgres = world.app.db.backend() == DbBackend::Postgres;
    if on_postgres {
        world
            .sql(
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                     INSERT INTO noted VALUES (TG_OP || ' ' || TG_TABLE_NAME);
                     RETURN NULL;
                 END $$",
            )
            .await;
    }
    let tables = tables(world).await;
    assert!(tables.len() > 50, "{tables:?}");
    for table in tables.iter().filter(|it| *it != "noted") {
        for what in ["INSERT", "UPDATE", "DELETE"] {
            let does = if on_postgres {
                "FOR EACH STATEMENT EXECUTE FUNCTION note()".to_owned()
            } else {
                format!("BEGIN INSERT INTO noted VALUES ('{what} {table}'); END")
            };
            let trigger =
                format!("CREATE TRIGGER note_{what}_{table} AFTER {what} ON {table} {does}");
            world.sql(&trigger).await;
        }
    }
}

/// What was written since somebody asked last.
async fn noted(world: &World) -> Vec<String> {
    let noted = ask(world, "SELECT what FROM noted").await;
    world.sql("DELETE FROM noted").await;
    noted
}

scene!(a_report_costs_one_write, |world| async move {
    let (one, other) = (one_video(&world, 600, |_| {}).await, one_video(&world, 600, |_| {}).await);
    let wang = world.person("wangxiuying").await;
    note_writes(&world).await;
    for lesson in [one, other] {
        wang.call(watched(lesson, &[[0, 5]])).await.unwrap();
        assert_eq!(noted(&world).await, ["INSERT lesson_progress"]);
    }
    // The next ones, a forged one, and the one before once more.
    for parts in [[[5, 10]], [[10, 15]], [[0, 600]], [[10, 15]]] {
        wang.call(watched(one, &parts)).await.unwrap();
        assert_eq!(noted(&world).await, ["UPDATE lesson_progress"]);
    }
    // What makes no sense costs nothing.
    wang.call(watched(one, &[[9, 5]])).await.unwrap_err();
    assert_eq!(noted(&world).await, [""; 0]);
});
