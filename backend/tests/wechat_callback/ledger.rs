//! What WeChat tells about subscribe messages, in the ledger of credits.

use chrono::Utc;
use serde_json::json;
use shared::notifications::RecordSubscribeChoice;

use crate::{
    caller::{Call, KEY, TEMPLATE, choice, event, popup, remaining, set_up, work_off},
    scene::World,
};

const POPUP: &str = "subscribe_msg_popup_event";
const CHANGE: &str = "subscribe_msg_change_event";
const SENT: &str = "subscribe_msg_sent_event";

/// WeChat tells it, and it is heeded.
async fn told(world: &World, event: &serde_json::Value) {
    Call::safe(&event.to_string()).succeeds(world).await;
    work_off(world).await;
}

async fn popped_up(world: &World, at: i64, status: &str) {
    told(world, &serde_json::from_str(&popup(at, status)).unwrap()).await;
}

/// The mini-program reports what 王秀英 chose.
async fn reported(world: &World, accepted: bool) {
    let choice = RecordSubscribeChoice { template: TEMPLATE.into(), accepted };
    world.person("wangxiuying").await.call(choice).await.unwrap();
}

scene!(an_acceptance_that_is_heard_of_from_both_sides_counts_once, |world| async move {
    let (world, now) = (set_up(world, KEY).await, Utc::now().timestamp());
    reported(&world, true).await;
    popped_up(&world, now, "accept").await;
    assert_eq!(remaining(&world).await, 1, "the mini-program was first");
    popped_up(&world, now + 5, "accept").await;
    assert_eq!(remaining(&world).await, 2);
    reported(&world, true).await;
    assert_eq!(remaining(&world).await, 2, "WeChat was first");
    reported(&world, true).await;
    assert_eq!(remaining(&world).await, 3, "and one that WeChat has not told of yet");
});

scene!(a_report_from_long_ago_is_another_acceptance, |world| async move {
    let world = set_up(world, KEY).await;
    reported(&world, true).await;
    popped_up(&world, Utc::now().timestamp() + 700, "accept").await;
    assert_eq!(remaining(&world).await, 2);
});

scene!(several_items_and_a_list_of_one_are_read_alike, |world| async move {
    let (world, now) = (set_up(world, KEY).await, Utc::now().timestamp());
    let several = [choice("TPL_SESSION", "reject"), choice(TEMPLATE, "accept")];
    told(&world, &event(POPUP, now, &several)).await;
    assert_eq!(remaining(&world).await, 1);
    let mut list_of_one = event(POPUP, now + 1, &[]);
    list_of_one["List"] = json!([choice(TEMPLATE, "accept")]);
    list_of_one["CreateTime"] = json!(now + 1);
    told(&world, &list_of_one).await;
    assert_eq!(remaining(&world).await, 2);
});

scene!(a_refusal_takes_what_was_allowed_before_it_whatever_comes_first, |world| async move {
    let (world, now) = (set_up(world, KEY).await, Utc::now().timestamp());
    for at in [now - 30, now - 20, now] {
        popped_up(&world, at, "accept").await;
    }
    told(&world, &event(CHANGE, now - 10, &[choice(TEMPLATE, "reject")])).await;
    assert_eq!(remaining(&world).await, 1, "that of after the refusal");
    popped_up(&world, now - 15, "accept").await;
    assert_eq!(remaining(&world).await, 1, "it was refused since");
    popped_up(&world, now + 1, "reject").await;
    assert_eq!(remaining(&world).await, 0);
});

scene!(allowing_messages_in_the_settings_allows_not_one_more, |world| async move {
    let world = set_up(world, KEY).await;
    told(&world, &event(CHANGE, Utc::now().timestamp(), &[choice(TEMPLATE, "accept")])).await;
    assert_eq!(remaining(&world).await, 0);
});

fn sent(at: i64, message: i64, errcode: &str) -> serde_json::Value {
    let item = json!({
        "TemplateId": TEMPLATE,
        "MsgID": message.to_string(),
        "ErrorCode": errcode,
        "ErrorStatus": "whatever",
    });
    event(SENT, at, &[item])
}

scene!(a_message_that_did_not_arrive_after_all_gives_its_credit_back_once, |world| async move {
    let (world, now) = (set_up(world, KEY).await, Utc::now().timestamp());
    told(&world, &sent(now, 9_100_000_000_000_001, "0")).await;
    assert_eq!(remaining(&world).await, 0, "it arrived");
    told(&world, &sent(now, 9_100_000_000_000_002, "-1")).await;
    told(&world, &sent(now, 9_100_000_000_000_002, "-1")).await;
    assert_eq!(remaining(&world).await, 1);
    told(&world, &sent(now, 9_100_000_000_000_003, "43101")).await;
    assert_eq!(remaining(&world).await, 0, "nothing is allowed any more");
});

scene!(what_is_about_others_changes_nothing, |world| async move {
    let (world, now) = (set_up(world, KEY).await, Utc::now().timestamp());
    told(&world, &event(POPUP, now, &[choice("TPL_OF_SOMEBODY_ELSE", "accept")])).await;
    let mut stranger = event(POPUP, now, &[choice(TEMPLATE, "accept")]);
    stranger["FromUserName"] = json!("oMP_stranger");
    told(&world, &stranger).await;
    assert_eq!(remaining(&world).await, 0);
});

scene!(a_job_that_runs_twice_counts_once, |world| async move {
    let world = set_up(world, KEY).await;
    popped_up(&world, Utc::now().timestamp(), "accept").await;
    world.sql("UPDATE jobs SET state = 'pending'").await;
    work_off(&world).await;
    assert_eq!(remaining(&world).await, 1);
});

scene!(what_cannot_come_again_is_forgotten, |world| async move {
    let world = set_up(world, KEY).await;
    popped_up(&world, Utc::now().timestamp(), "accept").await;
    backend::jobs::clean(&world.app).await;
    assert_eq!(rows(&world).await, (2, 1), "it is remembered for a while");
    let long_ago = "'2026-01-01 00:00:00+00:00'";
    world.sql(&format!("UPDATE wechat_callbacks SET received_at = {long_ago}")).await;
    world.sql(&format!("UPDATE subscribe_choices SET at = {long_ago}")).await;
    backend::jobs::clean(&world.app).await;
    assert_eq!(rows(&world).await, (0, 0));
});

/// Callbacks and choices that are remembered.
async fn rows(world: &World) -> (u64, u64) {
    use backend::{notifications::entity::subscribe_choice, wechat::callback::entity::callback};
    use sea_orm::{EntityTrait, PaginatorTrait};
    let db = world.app.db.read();
    let callbacks = callback::Entity::find().count(db).await.unwrap();
    (callbacks, subscribe_choice::Entity::find().count(db).await.unwrap())
}
