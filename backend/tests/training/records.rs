//! What other domains learn about sessions.

use backend::{
    accounts::Caller,
    training::{StartingSoon, attendance_of_course, attended_by, next_for, starting_soon},
};
use chrono::TimeDelta;
use shared::{accounts::SignInId, authoring::*, courses::*, time::local_date, training::*};
use uuid::Uuid;

use crate::{scene::World, stage::*};

fn caller(world: &World, key: &str) -> Caller {
    Caller {
        person: world.cast.id(key),
        sign_in: SignInId(Uuid::now_v7()),
        name: key.into(),
        organization: world.cast.organization("和顺物业服务公司（示例）"),
        post: None,
        reaches: std::collections::BTreeMap::new(),
    }
}

async fn next(world: &World, key: &str) -> Option<TrainingSessionId> {
    let next = next_for(world.app.db.read(), &caller(world, key), now(world).await).await;
    next.unwrap().map(|it| it.id)
}

scene!(the_next_session_is_the_enrolled_one_or_else_one_with_a_seat, |world| async move {
    assert_eq!(next(&world, "wangxiuying").await, None);
    let full = SessionDetails { seats: 1, ..details_in(&world, 10).await };
    let full = planned(&world, full).await;
    world.person("chenmei").await.call(Enroll { session: full }).await.unwrap();
    assert_eq!(next(&world, "wangxiuying").await, None);
    let soon = planned(&world, details_in(&world, 20).await).await;
    let later = planned(&world, details_in(&world, 60).await).await;
    assert_eq!(next(&world, "wangxiuying").await, Some(soon));
    let ming = world.person("wangxiuying").await;
    ming.call(Enroll { session: later }).await.unwrap();
    assert_eq!(next(&world, "wangxiuying").await, Some(later));
    let running = enrolled_session(&world).await;
    assert_eq!(next(&world, "wangxiuying").await, Some(running));
    check_in(&world, &ming, running).await;
    assert_eq!(next(&world, "wangxiuying").await, Some(later));
    world.person("zhengming").await.call(CancelTrainingSession { session: later }).await.unwrap();
    assert_eq!(next(&world, "wangxiuying").await, Some(soon));
});

scene!(attended_sessions_are_remembered_the_newest_first, |world| async move {
    let ming = world.person("wangxiuying").await;
    let (first, second) = (enrolled_session(&world).await, enrolled_session(&world).await);
    let (_missed, cancelled) = (enrolled_session(&world).await, enrolled_session(&world).await);
    let mut done = Vec::new();
    for session in [first, second, cancelled] {
        done.push(check_in(&world, &ming, session).await);
    }
    let cancel = CancelTrainingSession { session: cancelled };
    world.person("zhengming").await.call(cancel).await.unwrap();
    let records = attended_by(world.app.db.read(), ming.id.unwrap()).await.unwrap();
    let sessions: Vec<_> = records.iter().map(|it| (it.session, it.checked_in_at)).collect();
    assert_eq!(sessions, [(second, done[1].checked_in_at), (first, done[0].checked_in_at)]);
    let started = details(&world).await.starts_at;
    assert_eq!((records[0].title.as_str(), records[0].on), ("会议室保洁实训", local_date(started)));
});

scene!(attendance_of_a_course_is_counted_by_person, |world| async move {
    let course = CourseDetails {
        title: "会议室保洁".into(),
        summary: "会按步骤打扫会议室".into(),
        level: CourseLevel::Execution,
        category: CourseCategory::PostSkills,
        qualification: String::new(),
        posts: vec![world.cast.post("卫生保洁")],
        cover: None,
    };
    let officer = world.person("zhengming").await;
    let course = officer.call(CreateCourse { details: course }).await.unwrap().id;
    let ming = world.person("wangxiuying").await;
    for _ in 0..2 {
        let details = SessionDetails { course: Some(course), ..details(&world).await };
        let session = planned(&world, details).await;
        let shown = ming.call(ShowTrainingSession { session }).await.unwrap();
        assert_eq!(shown.course.unwrap().title, "会议室保洁");
        for key in ["wangxiuying", "chenmei"] {
            world.person(key).await.call(Enroll { session }).await.unwrap();
        }
        check_in(&world, &ming, session).await;
    }
    let of_no_course = enrolled_session(&world).await;
    check_in(&world, &ming, of_no_course).await;
    let counted = attendance_of_course(world.app.db.read(), course).await.unwrap();
    assert_eq!(counted.into_iter().collect::<Vec<_>>(), [(ming.id.unwrap(), 2)]);
});

scene!(sessions_starting_soon_come_with_those_enrolled, |world| async move {
    let soon = planned(&world, details_in(&world, 30).await).await;
    let (empty, later) = (details_in(&world, 40).await, details_in(&world, 90).await);
    let (empty, later) = (planned(&world, empty).await, planned(&world, later).await);
    let cancelled = planned(&world, details_in(&world, 30).await).await;
    let ming = world.person("wangxiuying").await;
    for session in [soon, later, cancelled, open_session(&world).await] {
        ming.call(Enroll { session }).await.unwrap();
    }
    let cancel = CancelTrainingSession { session: cancelled };
    world.person("zhengming").await.call(cancel).await.unwrap();
    let now = now(&world).await;
    let hour = starting_soon(world.app.db.read(), now, now + TimeDelta::hours(1)).await.unwrap();
    let people: Vec<_> = hour.iter().map(|it| (it.id, it.people.clone())).collect();
    assert_eq!(people, [(soon, vec![ming.id.unwrap()]), (empty, vec![])]);
    let StartingSoon { title, place, starts_at, .. } = &hour[0];
    assert_eq!((title.as_str(), place.as_str()), ("会议室保洁实训", "3 号楼 B2"));
    let until_it_starts = starting_soon(world.app.db.read(), now, *starts_at).await.unwrap();
    assert_eq!(until_it_starts, []);
});
