//! Who hears about what: the inbox exactly once, WeChat where the person consented, and nobody waits.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;
mod wechat_stage;
mod written;

#[path = "notifications/digest.rs"]
mod digest;
#[path = "notifications/expired.rs"]
mod expired;
#[path = "notifications/inbox.rs"]
mod inboxes;
#[path = "notifications/quiet.rs"]
mod quiet;
#[path = "notifications/reminders.rs"]
mod reminders;
#[path = "notifications/sending.rs"]
mod sending;
#[path = "notifications/settings.rs"]
mod settings;
#[path = "notifications/templates.rs"]
mod templates;

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

scene!(a_choice_for_an_unknown_template_is_refused_with_its_field, |world| async move {
    let choice = RecordSubscribeChoice { template: "NO_SUCH".into(), accepted: true };
    let refused = world.person("wangxiuying").await.call(choice).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        (Code::InvalidRequest, "template")
    );
});
