//! Who hears about what: the inbox exactly once, WeChat where the person consented, and nobody waits.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;
mod wechat_stage;

#[path = "notifications/reminders.rs"]
mod reminders;
#[path = "notifications/sending.rs"]
mod sending;

use backend::{App, notifications};
use chrono::{DateTime, Days, Utc};
use scene::World;
use shared::{
    accounts::PersonId, authoring::AssignmentId, courses::CourseId, notifications::*, problem::Code,
};
use uuid::Uuid;

async fn now(app: &App) -> DateTime<Utc> {
    app.clock.now(app.db.read()).await.unwrap()
}

async fn assign(app: &App, assignment: AssignmentId, people: Vec<PersonId>) {
    let now = now(app).await;
    let due_on = shared::time::local_date(now) + Days::new(3);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let course = CourseId(Uuid::now_v7());
                let title = "会议室保洁";
                notifications::course_assigned(tx, assignment, course, title, due_on, &people, now)
                    .await
            })
        })
        .await
        .unwrap();
}

async fn inbox(world: &World, key: &str) -> Vec<InboxMessage> {
    world.person(key).await.call(ListInbox { cursor: None }).await.unwrap().items
}

scene!(an_assignment_is_in_the_inbox_exactly_once, |world| async move {
    let (assignment, ming) = (AssignmentId(Uuid::now_v7()), world.cast.id("wangxiuying"));
    assign(&world.app, assignment, vec![ming]).await;
    assign(&world.app, assignment, vec![ming]).await;
    let inbox = inbox(&world, "wangxiuying").await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].title, "必学：会议室保洁");
    assert!(!inbox[0].read);
});

scene!(a_message_is_read_by_its_owner_only, |world| async move {
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    let message = inbox(&world, "wangxiuying").await[0].id;
    let other = world.person("lijianguo").await.call(ReadInboxMessage { message }).await;
    assert_eq!(other.unwrap_err().code, Code::NotFound);
    world.person("wangxiuying").await.call(ReadInboxMessage { message }).await.unwrap();
    assert!(inbox(&world, "wangxiuying").await[0].read);
});

scene!(a_long_inbox_comes_in_pages_without_gaps, |world| async move {
    for _ in 0..35 {
        assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    }
    let ming = world.person("wangxiuying").await;
    let first = ming.call(ListInbox { cursor: None }).await.unwrap();
    let second = ming.call(ListInbox { cursor: first.next.clone() }).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (30, 5, None));
    assert!(first.items.iter().all(|it| second.items.iter().all(|other| other.id != it.id)));
});

scene!(a_choice_for_an_unknown_template_is_refused_with_its_field, |world| async move {
    let choice = RecordSubscribeChoice { template: "NO_SUCH".into(), accepted: true };
    let refused = world.person("wangxiuying").await.call(choice).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        (Code::InvalidRequest, "template")
    );
});
