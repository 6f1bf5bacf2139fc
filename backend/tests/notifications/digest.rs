//! 班组日报: each leader once a day, of the own people who have not started.

use backend::notifications::tell_team_leaders_at;
use chrono::{DateTime, Days, NaiveTime, Utc};
use futures_util::future::join_all;
use shared::{
    learning::ReportProgress,
    notifications::{InboxMessage, NotificationKind},
    time,
};

use crate::{
    inbox, now,
    scene::World,
    written::{assigned, details, in_days, published, two_lessons},
};

/// So many days from now at a local time of day.
async fn at(world: &World, days: u64, hour: u32) -> DateTime<Utc> {
    let day = time::local_date(now(&world.app).await) + Days::new(days);
    let clock = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    day.and_time(clock).and_local_timezone(time::zone()).unwrap().to_utc()
}

async fn digests(world: &World, key: &str) -> Vec<InboxMessage> {
    let mut inbox = inbox(world, key).await;
    inbox.retain(|it| it.kind == NotificationKind::TeamDigest);
    inbox
}

/// 王秀英 and 刘强, who leads her, have to study a course within three days.
async fn with_an_assignment(world: &World) -> shared::courses::LessonId {
    let (course, lessons) = published(world, details(world, "会议室保洁"), two_lessons()).await;
    assigned(world, course, in_days(world, 3).await).await;
    lessons[0]
}

scene!(a_leader_hears_once_a_day_however_many_workers_there_are, |world| async move {
    with_an_assignment(&world).await;
    let eight = at(&world, 0, 8).await;
    let workers = (0..8).map(|_| tell_team_leaders_at(&world.app, eight));
    assert!(join_all(workers).await.into_iter().all(|it| it.is_ok()));
    let world = world.restarted().await;
    tell_team_leaders_at(&world.app, at(&world, 0, 9).await).await.unwrap();
    let [digest] = digests(&world, "liuqiang").await.try_into().unwrap();
    assert!(digest.body.contains("会议室保洁") && digest.body.contains("王秀英"), "{digest:?}");
    assert!(!digest.body.contains("刘强"), "{digest:?}");
    assert_eq!(digest.link, "/team");
    tell_team_leaders_at(&world.app, at(&world, 1, 8).await).await.unwrap();
    assert_eq!(digests(&world, "liuqiang").await.len(), 2, "another day");
});

scene!(before_eight_and_in_the_afternoon_nobody_is_told, |world| async move {
    with_an_assignment(&world).await;
    for hour in [0, 7, 12, 20, 23] {
        tell_team_leaders_at(&world.app, at(&world, 0, hour).await).await.unwrap();
    }
    assert!(digests(&world, "liuqiang").await.is_empty());
});

scene!(who_has_started_is_not_named_and_nobody_but_the_leader_is_told, |world| async move {
    let lesson = with_an_assignment(&world).await;
    let progress =
        ReportProgress { lesson, position: 1, watched: Vec::new(), reached_end: false, ago: 0 };
    world.person("wangxiuying").await.call(progress).await.unwrap();
    tell_team_leaders_at(&world.app, at(&world, 0, 8).await).await.unwrap();
    let [digest] = digests(&world, "liuqiang").await.try_into().unwrap();
    assert!(digest.body.contains("等 6 人") && !digest.body.contains("王秀英"), "{digest:?}");
    for key in ["wangxiuying", "zhengming", "wufang"] {
        assert!(digests(&world, key).await.is_empty(), "{key}");
    }
});
