//! Messages through WeChat: for each consent one, whatever WeChat and the server go through.

use backend::{
    accounts::entity::wechat_identity,
    jobs::{
        self,
        entity::{job, job::State},
    },
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use shared::authoring::AssignmentId;
use uuid::Uuid;
use wechat_sandbox::{Fault, Sandbox};

use crate::{
    assign, inbox,
    scene::World,
    wechat_stage::{self, errcode},
};

pub const SEND: &str = "/cgi-bin/message/subscribe/send";
pub const ASSIGNMENT: &str = "TPL_ASSIGNMENT";

/// The same world with the sandbox's mini-program and templates, in which 王秀英 is known.
pub async fn with_wechat(mut world: World, sandbox: &Sandbox) -> World {
    let mut config = (*world.app.config).clone();
    config.wechat.api_base.clone_from(&sandbox.base_url);
    config.wechat.mini_app_id = wechat_stage::MINI_PROGRAM.into();
    config.wechat.mini_app_secret = wechat_stage::SECRETS[0].to_owned().into();
    config.wechat.template_assignment = ASSIGNMENT.into();
    config.wechat.template_session = "TPL_SESSION".into();
    world.app.config = std::sync::Arc::new(config);
    let world = world.restarted().await;
    let row = wechat_identity::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(world.cast.id("wangxiuying")),
        app_id: Set(wechat_stage::MINI_PROGRAM.into()),
        openid: Set("oMP_wangxiuying".into()),
        unionid: Set(None),
        bound_at: Set(crate::now(&world.app).await),
    };
    let bind = world.app.db.write(move |tx| {
        Box::pin(async move { Ok(wechat_identity::Entity::insert(row).exec(tx).await.map(drop)?) })
    });
    bind.await.unwrap();
    world
}

/// A world whose templates are the sandbox's.
pub async fn world_with_templates(sandbox: &Sandbox) -> World {
    let mut world = wechat_stage::world(sandbox).await;
    let mut config = (*world.app.config).clone();
    config.wechat.template_assignment = ASSIGNMENT.into();
    config.wechat.template_session = "TPL_SESSION".into();
    world.app.config = std::sync::Arc::new(config);
    world
}

pub async fn remaining(world: &World, key: &str) -> i32 {
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

/// 王秀英 accepted one message, which WeChat's sandbox knows from its beginning.
pub async fn consent(world: &World) {
    world
        .sql(&format!(
            "INSERT INTO subscribe_credits (person_id, template, remaining, updated_at)
             SELECT id, '{ASSIGNMENT}', 1, created_at FROM people WHERE staff_number = 'D0001'"
        ))
        .await;
    assert_eq!(remaining(world, "wangxiuying").await, 1, "D0001 is 王秀英");
}

/// Runs the jobs that are due; none of them may have been given up.
async fn work_off(world: &World) -> usize {
    let count = jobs::work_off(&world.app).await.unwrap();
    assert!(jobs(world).await.iter().all(|job| job.state != State::Dead));
    count
}

pub async fn jobs(world: &World) -> Vec<job::Model> {
    job::Entity::find().all(world.app.db.read()).await.unwrap()
}

/// The back-off is over: runs the one job there is, which must not have ended, and answers where it
/// stands.
pub async fn try_again(world: &World) -> State {
    world.sql("UPDATE jobs SET run_at = created_at").await;
    assert_eq!(jobs::work_off(&world.app).await.unwrap(), 1);
    jobs(world).await[0].state
}

/// A server takes the message up and is killed while WeChat thinks about it; a minute later its
/// lease is over.
async fn killed_while_sending(world: &World, sandbox: &Sandbox) {
    let calls = sandbox.calls(SEND);
    sandbox.inject(SEND, Fault::Hang, 1);
    let sending = async {
        while sandbox.calls(SEND) == calls {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = sending => {}
        count = jobs::work_off(&world.app) => panic!("{count:?} ended before"),
    }
    world.sql("UPDATE jobs SET lease_until = created_at").await;
}

/// Somebody who accepted one message is told about one course.
pub async fn one_message(sandbox: &Sandbox) -> World {
    let world = world_with_templates(sandbox).await;
    consent(&world).await;
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    world
}

#[actix_web::test]
async fn who_consented_gets_one_message_through_wechat() {
    let sandbox = wechat_stage::sandbox().await;
    let world = world_with_templates(&sandbox).await;
    consent(&world).await;
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
    consent(&world).await;
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
    consent(&world).await;
    sandbox.inject(SEND, errcode(43101), 1);
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    while work_off(&world).await > 0 {}
    assert_eq!(remaining(&world, "wangxiuying").await, 0);
    assert_eq!(sandbox.calls(SEND), 1);
}

#[actix_web::test]
async fn what_wechat_certainly_did_not_take_is_tried_again_until_it_does() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    for fault in [
        Fault::Status { status: 502 },
        Fault::Reset,
        Fault::Status { status: 503 },
        errcode(45011),
        Fault::Status { status: 504 },
    ] {
        sandbox.inject(SEND, fault, 1);
        assert_eq!(try_again(&world).await, State::Pending);
        assert_eq!(remaining(&world, "wangxiuying").await, 1, "the credit is not lost");
    }
    assert_eq!(try_again(&world).await, State::Done);
    assert_eq!((sandbox.sent_messages().len(), remaining(&world, "wangxiuying").await), (1, 0));
}

#[actix_web::test]
async fn what_wechat_may_have_taken_twice_is_given_up_for_somebody_to_see() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    sandbox.inject(SEND, errcode(-1), 2);
    assert_eq!(try_again(&world).await, State::Pending);
    assert_eq!(try_again(&world).await, State::Dead);
    assert!(jobs(&world).await[0].last_error.as_ref().unwrap().contains("nobody knows"));
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (2, 1));
}

#[actix_web::test]
async fn only_tries_of_which_nobody_knows_use_up_the_one_repeat() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    for fault in [
        Fault::Status { status: 502 },
        Fault::Status { status: 502 },
        errcode(-1),
        Fault::Status { status: 502 },
    ] {
        sandbox.inject(SEND, fault, 1);
        assert_eq!(try_again(&world).await, State::Pending);
    }
    sandbox.inject(SEND, errcode(-1), 1);
    assert_eq!(try_again(&world).await, State::Dead);
}

#[actix_web::test]
async fn a_message_that_did_arrive_is_refused_by_wechat_when_it_is_repeated() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    let lost_answer = Fault::Truncate { keep_bytes: 0 };
    sandbox.inject(SEND, lost_answer, 1);
    assert_eq!(try_again(&world).await, State::Pending);
    assert_eq!(try_again(&world).await, State::Skipped, "there is no second credit");
    assert_eq!((sandbox.sent_messages().len(), sandbox.calls(SEND)), (1, 2));
    assert_eq!(remaining(&world, "wangxiuying").await, 0);
}

#[actix_web::test]
async fn a_server_killed_while_sending_loses_neither_the_message_nor_the_credit() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    killed_while_sending(&world, &sandbox).await;
    assert_eq!(try_again(&world).await, State::Done);
    assert_eq!((sandbox.sent_messages().len(), remaining(&world, "wangxiuying").await), (1, 0));
}

#[actix_web::test]
async fn a_server_killed_while_sending_gives_the_credit_back_when_it_is_too_late_to_send() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    killed_while_sending(&world, &sandbox).await;
    assert_eq!(remaining(&world, "wangxiuying").await, 0, "the message has it");
    let over = "json_set(payload, '$.worth_until', '2020-01-01T00:00:00Z')";
    world.sql(&format!("UPDATE jobs SET payload = {over}")).await;
    assert_eq!(try_again(&world).await, State::Skipped);
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (1, 1));
}

#[actix_web::test]
async fn a_message_that_kills_the_server_each_time_is_given_up() {
    let sandbox = wechat_stage::sandbox().await;
    let world = one_message(&sandbox).await;
    for _ in 0..2 {
        killed_while_sending(&world, &sandbox).await;
    }
    assert_eq!(try_again(&world).await, State::Dead);
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (2, 1));
}
