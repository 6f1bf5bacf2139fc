//! 消息投递: what an officer sees of messages that did not arrive, and trying them again.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

use backend::jobs::{
    self, Job,
    entity::{job, job::State},
};
use backend::notifications::{NOBODY_KNOWS, Push, Sending};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use scene::World;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use shared::{deliveries::*, notifications::NotificationKind, problem::Code};
use uuid::Uuid;

async fn now(world: &World) -> DateTime<Utc> {
    world.app.clock.now(world.app.db.read()).await.unwrap()
}

/// A message about a course for 王秀英 that is worth sending for so many hours.
async fn message(world: &World, hours: i64) -> Job {
    Job::Push(Push {
        person: world.cast.id("wangxiuying"),
        kind: NotificationKind::CourseAssigned,
        page: "pages/web/index".into(),
        values: vec!["会议室保洁".into(), "请学习".into(), "2026年11月23日".into()],
        worth_until: now(world).await + TimeDelta::hours(hours),
        sending: Sending::default(),
    })
}

/// A job that ended so many hours ago.
async fn ended(world: &World, job: &Job, state: State, why: Option<&str>, hours: i64) -> JobId {
    let at = now(world).await - TimeDelta::hours(hours);
    let row = job::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set("push_course_assigned".into()),
        payload: Set(serde_json::to_value(job).unwrap()),
        unique_key: Set(None),
        state: Set(state),
        run_at: Set(at),
        attempts: Set(8),
        lease_owner: Set(None),
        lease_until: Set(None),
        last_error: Set(why.map(str::to_owned)),
        created_at: Set(at),
        finished_at: Set(Some(at)),
    };
    JobId(row.insert(world.app.db.read()).await.unwrap().id)
}

async fn dead(world: &World, job: &Job, why: &str) -> JobId {
    ended(world, job, State::Dead, Some(why), 1).await
}

async fn row(world: &World, id: JobId) -> job::Model {
    job::Entity::find_by_id(id.0).one(world.app.db.read()).await.unwrap().unwrap()
}

async fn list(world: &World, kind: Option<JobKind>) -> Vec<DeadJob> {
    let request = ListDeadJobs { kind, cursor: None };
    world.person("zhengming").await.call(request).await.unwrap().items
}

scene!(a_dead_message_says_for_whom_it_was_and_why_in_chinese, |world| async move {
    let job = message(&world, 1).await;
    let id = dead(&world, &job, "errcode 47003 rid 6a-b1").await;
    let [shown] = list(&world, None).await.try_into().unwrap();
    assert_eq!((shown.id, shown.kind), (id, Some(JobKind::PushCourseAssigned)));
    assert_eq!(shown.person.unwrap().name, "王秀英");
    assert_eq!(shown.about.as_deref(), Some("会议室保洁"));
    assert_eq!(shown.reason, DeadReason::BadContent);
    assert_eq!(shown.detail.as_deref(), Some("errcode 47003 rid 6a-b1"));
    assert_eq!((shown.tries, shown.expired), (8, false));
});

scene!(dead_jobs_come_in_pages_the_last_given_up_first, |world| async move {
    let job = message(&world, 1).await;
    for hours in 0..60 {
        ended(&world, &job, State::Dead, Some(NOBODY_KNOWS), hours % 7).await;
    }
    let officer = world.person("zhengming").await;
    let first = officer.call(ListDeadJobs::default()).await.unwrap();
    let rest = ListDeadJobs { kind: None, cursor: first.next.clone() };
    let second = officer.call(rest).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (50, 10, None));
    let all: Vec<_> = first.items.iter().chain(&second.items).collect();
    assert!(all.windows(2).all(|pair| pair[0].given_up_at >= pair[1].given_up_at));
    let mut ids: Vec<_> = all.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 60);
    assert!(list(&world, Some(JobKind::RosterImport)).await.is_empty());
});

scene!(a_job_that_is_tried_again_starts_afresh_and_once, |world| async move {
    let job = message(&world, 1).await;
    let id = dead(&world, &job, NOBODY_KNOWS).await;
    world.sql("UPDATE jobs SET payload = '{}'").await;
    let officer = world.person("zhengming").await;
    let unreadable = officer.call(RetryDeadJob { job: id }).await.unwrap();
    assert_eq!(unreadable, Retried { unreadable: 1, ..Retried::default() });
    let id = dead(&world, &job, NOBODY_KNOWS).await;
    let retries = (0..5).map(|_| officer.call(RetryDeadJob { job: id }));
    let (done, refused): (Vec<_>, Vec<_>) =
        join_all(retries).await.into_iter().partition(Result::is_ok);
    assert_eq!(done, [Ok(Retried { queued: 1, ..Retried::default() })]);
    assert!(refused.iter().all(|it| it.as_ref().unwrap_err().code == Code::NotFound));
    let again = row(&world, id).await;
    assert_eq!((again.state, again.attempts, again.last_error), (State::Pending, 0, None));
    assert_eq!(again.finished_at, None);
});

scene!(all_of_a_kind_are_tried_again_and_the_expired_ones_are_dropped, |world| async move {
    let (good, late) = (message(&world, 1).await, message(&world, -1).await);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(dead(&world, &good, NOBODY_KNOWS).await);
    }
    let expired = dead(&world, &late, NOBODY_KNOWS).await;
    assert!(list(&world, None).await.iter().any(|it| it.id == expired && it.expired));
    let officer = world.person("zhengming").await;
    let kind = JobKind::PushCourseAssigned;
    let other = officer.call(RetryDeadJobs { kind: JobKind::RosterImport }).await.unwrap();
    assert_eq!(other, Retried::default());
    let retried = officer.call(RetryDeadJobs { kind }).await.unwrap();
    assert_eq!(retried, Retried { queued: 3, expired: 1, unreadable: 0 });
    assert!(list(&world, None).await.is_empty());
    let mut config = (*world.app.config).clone();
    config.wechat.template_assignment = "TPL".into();
    let mut world = world;
    world.app.config = std::sync::Arc::new(config);
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let dropped = row(&world, expired).await;
    assert_eq!((dropped.state, dropped.last_error.as_deref()), (State::Skipped, Some("expired")));
    for id in ids {
        assert_eq!(row(&world, id).await.last_error.as_deref(), Some("not_bound"));
    }
});

scene!(the_numbers_are_of_the_last_seven_days, |world| async move {
    let job = message(&world, 1).await;
    for (state, why, hours) in [
        (State::Done, None, 1),
        (State::Done, None, 167),
        (State::Done, None, 169),
        (State::Skipped, Some("no_consent"), 2),
        (State::Skipped, Some("no_consent"), 3),
        (State::Skipped, Some("switched_off"), 4),
        (State::Dead, Some(NOBODY_KNOWS), 5),
        (State::Dead, Some(NOBODY_KNOWS), 200),
    ] {
        ended(&world, &job, state, why, hours).await;
    }
    let shown = world.person("zhengming").await.call(ShowDeliveries {}).await.unwrap();
    let mut line = shown.kinds[0].clone();
    line.reasons.sort_unstable_by_key(|it| it.reason);
    let skipped = |reason, count| SkipCount { reason, count };
    let expected = DeliveryCount {
        kind: JobKind::PushCourseAssigned,
        sent: 2,
        skipped: 3,
        dead: 1,
        waiting: 0,
        reasons: vec![skipped(SkipReason::NoConsent, 2), skipped(SkipReason::SwitchedOff, 1)],
    };
    assert_eq!(line, expected);
    assert_eq!(shown.kinds.len(), 3, "kinds of which there were none are there too");
});

scene!(deliveries_are_the_officers_business_only, |world| async move {
    let id = dead(&world, &message(&world, 1).await, NOBODY_KNOWS).await;
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        let refusals = [
            person.call(ShowDeliveries {}).await.unwrap_err(),
            person.call(ListDeadJobs::default()).await.unwrap_err(),
            person.call(RetryDeadJob { job: id }).await.unwrap_err(),
            person.call(RetryDeadJobs { kind: JobKind::RosterImport }).await.unwrap_err(),
        ];
        assert!(refusals.iter().all(|it| it.code == Code::NotAllowed), "{key}: {refusals:?}");
    }
    let officer = world.person("zhengming").await;
    let nobody = officer.call(RetryDeadJob { job: JobId(Uuid::now_v7()) }).await.unwrap_err();
    assert_eq!(nobody.code, Code::NotFound);
});
