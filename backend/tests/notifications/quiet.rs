//! The quiet hours: what can wait waits for the morning, in the queue.

use backend::{config::QuietHours, jobs::entity::job::State};
use chrono::TimeDelta;
use shared::{authoring::AssignmentId, notifications::*, time};
use uuid::Uuid;

use crate::{
    assign, inbox, now,
    scene::World,
    sending::{SEND, consent, jobs, remaining, try_again, with_wechat},
    wechat_stage,
};

/// Quiet hours that began an hour ago and end in an hour.
async fn quiet_now(mut world: World) -> World {
    let now = now(&world.app).await;
    let clock = |minutes| time::clock_time(now + TimeDelta::minutes(minutes));
    let mut config = (*world.app.config).clone();
    config.quiet_hours = format!("{}-{}", clock(-60), clock(60)).parse().unwrap();
    world.app.config = std::sync::Arc::new(config);
    world.restarted().await
}

scene!(a_message_at_night_is_sent_in_the_morning, |world| async move {
    let sandbox = wechat_stage::sandbox().await;
    let mut world = quiet_now(with_wechat(world, &sandbox).await).await;
    consent(&world).await;
    assign(&world.app, AssignmentId(Uuid::now_v7()), vec![world.cast.id("wangxiuying")]).await;
    for _ in 0..2 {
        assert_eq!(try_again(&world).await, State::Pending);
    }
    let [waiting] = jobs(&world).await.try_into().unwrap();
    let quiet: QuietHours = world.app.config.quiet_hours;
    assert_eq!(Some(waiting.run_at), quiet.end(now(&world.app).await));
    assert_eq!(waiting.attempts, 0, "waiting is no try");
    assert_eq!((sandbox.calls(SEND), remaining(&world, "wangxiuying").await), (0, 1));
    assert_eq!(inbox(&world, "wangxiuying").await.len(), 1);
    let mut config = (*world.app.config).clone();
    config.quiet_hours = "off".parse().unwrap();
    world.app.config = std::sync::Arc::new(config);
    assert_eq!(try_again(&world).await, State::Done);
    assert_eq!(sandbox.sent_messages().len(), 1);
});

scene!(people_are_told_when_they_are_not_disturbed, |world| async move {
    let world = quiet_now(world).await;
    let shown = world.person("wangxiuying").await.call(ShowNotificationSettings {}).await.unwrap();
    let (from, to) = world.app.config.quiet_hours.in_words().unwrap();
    assert_eq!(shown.quiet, Some(QuietTime { from, to }));
});
