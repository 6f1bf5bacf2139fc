//! What is over is not sent any more, whatever it is about.

use backend::{
    jobs::{self, Job, entity::job::State},
    notifications::{Push, Sending},
};
use chrono::TimeDelta;
use shared::notifications::NotificationKind;

use crate::{
    now,
    scene::World,
    sending::{ASSIGNMENT, SEND, consent, jobs as rows, remaining, with_wechat},
    wechat_stage,
};

/// A message of a kind for 王秀英 that is worth sending until so many seconds from now.
async fn enqueue(world: &World, kind: NotificationKind, seconds: i64) {
    let now = now(&world.app).await;
    let push = Push {
        person: world.cast.id("wangxiuying"),
        kind,
        page: "pages/web/index".into(),
        values: ["会议室保洁", "请学习", "2026年11月23日"].map(str::to_owned).to_vec(),
        worth_until: now + TimeDelta::seconds(seconds),
        sending: Sending::default(),
    };
    let write = world.app.db.write(move |tx| {
        Box::pin(async move { jobs::enqueue(tx, &Job::Push(push), None, now).await })
    });
    write.await.unwrap();
}

scene!(a_message_of_any_kind_is_dropped_once_it_is_over, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let mut world = with_wechat(world, &sandbox).await;
    let mut config = (*world.app.config).clone();
    config.wechat.template_digest = ASSIGNMENT.into();
    world.app.config = std::sync::Arc::new(config);
    consent(&world).await;
    for kind in NotificationKind::ALL {
        enqueue(&world, *kind, -1).await;
    }
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    for row in rows(&world).await {
        let inbox_only = ["push_wechat_changed", "push_enquiry_answered"].contains(&&*row.kind);
        let why = if inbox_only { "no_template" } else { "expired" };
        assert_eq!((row.state, row.last_error.as_deref()), (State::Skipped, Some(why)), "{row:?}");
    }
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (0, 1));
    enqueue(&world, NotificationKind::TeamDigest, 60).await;
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    assert_eq!(sandbox.sent_messages().len(), 1, "what is not over is sent");
});
