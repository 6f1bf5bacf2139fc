//! Who hears about what: the inbox exactly once, WeChat where the person consented, and nobody waits.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;
mod wechat_stage;

use backend::{App, jobs, notifications, training};
use chrono::{DateTime, Days, TimeDelta, Utc};
use scene::World;
use shared::{
    accounts::PersonId,
    authoring::{AssignmentId, SessionDetails},
    courses::CourseId,
    notifications::*,
    problem::Code,
};
use uuid::Uuid;
use wechat_sandbox::{Fault, Sandbox};
use wechat_stage::errcode;

const SEND: &str = "/cgi-bin/message/subscribe/send";
const ASSIGNMENT: &str = "TPL_ASSIGNMENT";

/// A world whose templates are the sandbox's.
async fn world_with_templates(sandbox: &Sandbox) -> World {
    let mut world = wechat_stage::world(sandbox).await;
    let mut config = (*world.app.config).clone();
    config.wechat.template_assignment = ASSIGNMENT.into();
    config.wechat.template_session = "TPL_SESSION".into();
    world.app.config = std::sync::Arc::new(config);
    world
}

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

async fn remaining(world: &World, key: &str) -> i32 {
    // Straight from the ledger: the service of the stage knows no templates.
    let row: Option<(i32,)> = {
        use backend::notifications::entity::subscribe_credit::{Column, Entity};
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
        Entity::find()
            .select_only()
            .column(Column::Remaining)
            .filter(Column::PersonId.eq(world.cast.id(key)))
            .into_tuple()
            .one(world.app.db.read())
            .await
            .unwrap()
    };
    row.map_or(0, |(remaining,)| remaining)
}

/// The person accepts one message, at WeChat and with us.
async fn consent(world: &World, sandbox: &Sandbox, key: &str) {
    sandbox.consent(key, ASSIGNMENT, true).unwrap();
    let person = world.cast.id(key);
    world
        .sql(&format!(
            "INSERT INTO subscribe_credits (person_id, template, remaining, updated_at)
             SELECT id, '{ASSIGNMENT}', 1, created_at FROM people WHERE staff_number = 'D0001'"
        ))
        .await;
    assert_eq!(person, world.cast.id("wangxiuying"), "D0001 is 王秀英");
}

/// Runs the jobs that are due; none of them may have been given up.
async fn work_off(world: &World) -> usize {
    use backend::jobs::entity::job::{Column, Entity, State};
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let count = jobs::work_off(&world.app, Uuid::now_v7()).await.unwrap();
    let dead = Entity::find().filter(Column::State.eq(State::Dead)).all(world.app.db.read()).await;
    assert_eq!(dead.unwrap(), []);
    count
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

scene!(those_enrolled_are_reminded_once_within_the_hour_before, |world| async move {
    let app = &world.app;
    let (ming, now) = (world.cast.id("wangxiuying"), now(app).await);
    let instructor = world.cast.id("wufang");
    app.db
        .write(move |tx| {
            Box::pin(async move {
                for minutes in [50, 70] {
                    let starts_at = now + TimeDelta::minutes(minutes);
                    let details = SessionDetails {
                        title: format!("{minutes} 分钟后的实训"),
                        course: None,
                        place: "B2".into(),
                        starts_at,
                        ends_at: starts_at + TimeDelta::hours(1),
                        instructor,
                        seats: 5,
                        notes: String::new(),
                    };
                    let session = training::create(tx, details, None, now).await?;
                    training::enroll(tx, session, ming, now).await?;
                }
                Ok(())
            })
        })
        .await
        .unwrap();
    notifications::remind_of_sessions(app).await.unwrap();
    notifications::remind_of_sessions(app).await.unwrap();
    let inbox = inbox(&world, "wangxiuying").await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].title, "实训快开始了：50 分钟后的实训");
    assert!(self::inbox(&world, "lijianguo").await.is_empty());
});

#[actix_web::test]
async fn who_consented_gets_one_message_through_wechat() {
    let sandbox = wechat_stage::sandbox().await;
    let world = world_with_templates(&sandbox).await;
    consent(&world, &sandbox, "wangxiuying").await;
    for _ in 0..2 {
        assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    }
    while work_off(&world).await > 0 {}
    let sent = sandbox.sent_messages();
    assert_eq!(sent.len(), 1, "one acceptance is one message");
    assert_eq!(sent[0].data["thing1"], "会议室保洁");
    assert_eq!(remaining(&world, "wangxiuying").await, 0);
    assert_eq!(inbox(&world, "wangxiuying").await.len(), 2);
}

#[actix_web::test]
async fn who_did_not_consent_has_the_message_in_the_inbox_only() {
    let sandbox = wechat_stage::sandbox().await;
    let world = world_with_templates(&sandbox).await;
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("lijianguo")]).await;
    while work_off(&world).await > 0 {}
    assert_eq!((sandbox.calls(SEND), inbox(&world, "lijianguo").await.len()), (0, 1));
}

#[actix_web::test]
async fn what_wechat_did_not_take_is_sent_later_and_nobody_waited() {
    let sandbox = wechat_stage::sandbox().await;
    let world = world_with_templates(&sandbox).await;
    consent(&world, &sandbox, "wangxiuying").await;
    sandbox.inject(SEND, Fault::Status { status: 502 }, 1);
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    assert_eq!(inbox(&world, "wangxiuying").await.len(), 1);
    work_off(&world).await;
    assert!(sandbox.sent_messages().is_empty());
    assert_eq!(remaining(&world, "wangxiuying").await, 1, "the credit is not lost");
    world.sql("UPDATE jobs SET run_at = created_at").await;
    work_off(&world).await;
    assert_eq!(sandbox.sent_messages().len(), 1);
}

#[actix_web::test]
async fn a_refusal_at_wechat_empties_the_ledger_and_ends_the_job() {
    let sandbox = wechat_stage::sandbox().await;
    let world = world_with_templates(&sandbox).await;
    consent(&world, &sandbox, "wangxiuying").await;
    sandbox.inject(SEND, errcode(43101), 1);
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    while work_off(&world).await > 0 {}
    assert_eq!(remaining(&world, "wangxiuying").await, 0);
    assert_eq!(sandbox.calls(SEND), 1);
}

scene!(a_choice_for_an_unknown_template_is_refused_with_its_field, |world| async move {
    let choice = RecordSubscribeChoice { template: "NO_SUCH".into(), accepted: true };
    let refused = world.person("wangxiuying").await.call(choice).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        (Code::InvalidRequest, "template")
    );
});
