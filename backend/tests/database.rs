//! What a write to the database promises.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

use backend::{Error, db::Db};
use futures_util::future::join_all;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};
use shared::{accounts::SignOut, problem::Code};

async fn count(db: &Db) -> i64 {
    let ask = Statement::from_string(db.backend(), "SELECT COUNT(*) FROM numbers");
    db.read().query_one_raw(ask).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

/// Inserts a number, then does what `ending` says.
async fn insert(db: &Db, number: i32, ending: Ending) -> Result<i32, Error> {
    db.write(move |tx| {
        Box::pin(async move {
            let insert = format!("INSERT INTO numbers (number) VALUES ({number})");
            tx.execute_unprepared(&insert).await?;
            match ending {
                Ending::Keep => Ok(number),
                Ending::Refuse => Err(Code::SessionFull.into()),
                Ending::Panic => panic!("on purpose"),
            }
        })
    })
    .await
}

#[derive(Clone, Copy)]
enum Ending {
    Keep,
    Refuse,
    Panic,
}

scene!(of_many_writes_at_once_each_is_kept_or_leaves_nothing, |world| async move {
    let db = &world.app.db;
    world.sql("CREATE TABLE numbers (number integer NOT NULL PRIMARY KEY)").await;
    let ending = |number| if number % 3 == 0 { Ending::Refuse } else { Ending::Keep };
    let outcomes = join_all((1..=90).map(|number| insert(db, number, ending(number)))).await;
    for (number, outcome) in (1..).zip(outcomes) {
        match outcome {
            Ok(kept) => assert_eq!(kept, number),
            Err(error) => assert_eq!((number % 3, error.code()), (0, Some(Code::SessionFull))),
        }
    }
    assert_eq!(count(db).await, 60);
});

scene!(a_violated_key_spoils_only_its_own_write, |world| async move {
    let db = &world.app.db;
    world.sql("CREATE TABLE numbers (number integer NOT NULL PRIMARY KEY)").await;
    let outcomes = join_all((0..40).map(|number| insert(db, number / 2, Ending::Keep))).await;
    assert_eq!(outcomes.iter().filter(|it| it.is_ok()).count(), 20);
    assert_eq!(count(db).await, 20);
});

#[actix_web::test]
async fn a_write_that_panics_does_not_stop_the_writer() {
    let world = scene::World::new(scene::Kind::Sqlite).await.unwrap();
    let db = &world.app.db;
    world.sql("CREATE TABLE numbers (number integer NOT NULL PRIMARY KEY)").await;
    assert!(insert(db, 1, Ending::Panic).await.is_err());
    assert_eq!(insert(db, 2, Ending::Keep).await.unwrap(), 2);
    assert_eq!(count(db).await, 1);
}

/// One connection to the database of a world, as another program has it.
async fn outside(world: &scene::World) -> DatabaseConnection {
    let mut options = ConnectOptions::new(world.app.config.database_url());
    options.max_connections(1);
    Database::connect(options).await.unwrap()
}

#[actix_web::test]
async fn a_database_that_another_program_has_locked_is_busy() {
    let world = scene::World::new(scene::Kind::Sqlite).await.unwrap();
    let wang = world.person("wangxiuying").await;
    world.sql("PRAGMA busy_timeout = 0").await;
    let other = outside(&world).await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(wang.call(SignOut {}).await.unwrap_err().code, Code::Busy);
    other.execute_unprepared("ROLLBACK").await.unwrap();
    wang.call(SignOut {}).await.unwrap();
}

#[actix_web::test]
async fn a_lost_connection_to_the_database_is_busy_and_replaced() {
    let Some(world) = scene::World::new(scene::Kind::Postgres).await else { return };
    let wang = world.person("wangxiuying").await;
    // PostgreSQL may ask in any order, and the others on this server are nobody's business.
    let lose = "WITH own AS MATERIALIZED (SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid())
        SELECT COUNT(*) FROM own WHERE pg_terminate_backend(pid, 5000)";
    let lose = Statement::from_string(world.app.db.backend(), lose);
    let row = outside(&world).await.query_one_raw(lose).await.unwrap().unwrap();
    let lost: i64 = row.try_get_by_index(0).unwrap();
    assert!(lost > 0, "there were connections to lose");
    // The pool may see by itself that one is lost, or whoever takes it does.
    let mut tries = 0;
    while let Err(refused) = wang.call(SignOut {}).await {
        assert_eq!(refused.code, Code::Busy);
        tries += 1;
        assert!(tries <= lost, "as many as there were connections");
    }
}
