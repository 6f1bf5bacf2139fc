//! Reminders of sessions: within the hour before, once for each person.

use backend::{notifications, training};
use chrono::TimeDelta;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use shared::{authoring::SessionDetails, training::TrainingSessionId};

use crate::{
    inbox, now,
    scene::{Kind, World},
};

/// A session in so many minutes in which 王秀英 is enrolled.
async fn session_in(world: &World, minutes: i64) -> TrainingSessionId {
    let now = now(&world.app).await;
    let starts_at = now + TimeDelta::minutes(minutes);
    let details = SessionDetails {
        title: format!("{minutes} 分钟后的实训"),
        course: None,
        base: None,
        place: "B2".into(),
        starts_at,
        ends_at: starts_at + TimeDelta::hours(1),
        instructor: world.cast.id("wufang"),
        seats: 5,
        notes: String::new(),
    };
    let create = world.app.db.write(move |tx| {
        Box::pin(async move { training::create(tx, details, None, None, now).await })
    });
    let session = create.await.unwrap();
    enroll(world, session, "wangxiuying").await;
    session
}

async fn enroll(world: &World, session: TrainingSessionId, key: &str) {
    let (person, now) = (world.cast.id(key), now(&world.app).await);
    let enroll = world.app.db.write(move |tx| {
        Box::pin(async move { training::enroll(tx, session, person, now).await.map(drop) })
    });
    enroll.await.unwrap();
}

async fn titles(world: &World, key: &str) -> Vec<String> {
    inbox(world, key).await.into_iter().map(|it| it.title).collect()
}

scene!(those_enrolled_are_reminded_once_within_the_hour_before, |world| async move {
    session_in(&world, 50).await;
    session_in(&world, 70).await;
    for _ in 0..2 {
        notifications::remind_of_sessions(&world.app).await.unwrap();
    }
    assert_eq!(titles(&world, "wangxiuying").await, ["实训快开始了：50 分钟后的实训"]);
    assert!(inbox(&world, "lijianguo").await.is_empty());
});

scene!(who_enrols_after_the_others_were_reminded_is_reminded_too, |world| async move {
    let session = session_in(&world, 30).await;
    notifications::remind_of_sessions(&world.app).await.unwrap();
    enroll(&world, session, "lijianguo").await;
    notifications::remind_of_sessions(&world.app).await.unwrap();
    for key in ["wangxiuying", "lijianguo"] {
        assert_eq!(titles(&world, key).await, ["实训快开始了：30 分钟后的实训"], "{key}");
    }
});

#[actix_web::test]
async fn once_everybody_was_reminded_nothing_is_written_any_more() {
    let world = World::new(Kind::Sqlite).await.unwrap();
    session_in(&world, 30).await;
    notifications::remind_of_sessions(&world.app).await.unwrap();
    // Somebody else writes, and does not end.
    let mut alone = ConnectOptions::new(world.app.config.database_url());
    alone.max_connections(1);
    let writer = Database::connect(alone).await.unwrap();
    writer.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    notifications::remind_of_sessions(&world.app).await.unwrap();
    writer.execute_unprepared("ROLLBACK").await.unwrap();
}
