//! Publishing at a time that was chosen, and going back.

use backend::{jobs, seed::seed};
use chrono::TimeDelta;
use shared::courses::{ListCourses, ShowLesson};

use super::*;
use crate::written::{details, drafted, now, publish, published, two_lessons};

async fn plan(world: &World, course: CourseId, minutes: i64) -> PublishCourse {
    let at = Some(now(world).await + TimeDelta::minutes(minutes));
    PublishCourse { at, ..PublishCourse::now(course) }
}

/// As if the time that was chosen had come.
async fn let_time_come(world: &World) {
    let past = "'2026-01-01T00:00:00+00:00'";
    world.sql(&format!("UPDATE jobs SET run_at = {past}")).await;
    world
        .sql(&format!(
            "UPDATE course_revisions SET publish_at = {past} WHERE publish_at IS NOT NULL"
        ))
        .await;
}

async fn work(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
}

scene!(a_course_is_published_when_its_time_has_come, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    approved(&world, course).await;
    for minutes in [-1, 60 * 24 * 400] {
        let refused = officer.call(plan(&world, course, minutes).await).await.unwrap_err();
        assert_eq!((refused.code, &*refused.fields[0].field), (Code::InvalidRequest, "at"));
    }
    officer.call(plan(&world, course, 60).await).await.unwrap();
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Scheduled)]);
    let seen = async || wang.call(ListCourses::default()).await.unwrap().items.len();
    work(&world).await;
    assert_eq!(seen().await, 0, "not yet");
    let_time_come(&world).await;
    work(&world).await;
    assert_eq!(seen().await, 1);
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Live)]);
    let live = &officer.call(ListRevisions { course }).await.unwrap().revisions[0];
    assert_eq!(&*live.published.clone().unwrap().name, "郑明");
});

scene!(what_was_planned_can_be_called_off, |world| async move {
    let (course, _) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let revision = approved(&world, course).await;
    assert_eq!(code(&officer, UnscheduleRevision { revision }).await, Code::RevisionMoved);
    officer.call(plan(&world, course, 60).await).await.unwrap();
    let off = officer.call(UnscheduleRevision { revision }).await.unwrap();
    assert_eq!((off.state, off.publish_at), (RevisionState::Approved, None));
    let_time_come(&world).await;
    work(&world).await;
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Approved)]);
});

scene!(going_back_is_a_new_revision_with_what_was_approved_before, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    rewrite(&officer, lessons[0], "写错了").await;
    publish(&world, course).await;
    let revisions = officer.call(ListRevisions { course }).await.unwrap().revisions;
    let (live, first) = (&revisions[0], &revisions[1]);
    assert_eq!(first.may, [RevisionStep::Restore]);
    let back = |revision, reason: &str| RestoreRevision {
        revision,
        reason: reason.into(),
        learners: None,
    };
    assert_eq!(code(&officer, back(live.id, "回去")).await, Code::RevisionMoved);
    assert_eq!(code(&officer, back(first.id, "")).await, Code::InvalidRequest);
    let made = officer.call(back(first.id, "配比写错了")).await.unwrap();
    assert_eq!((made.number, made.restored_from), (3, Some(1)));
    assert_eq!(made.checksum, first.checksum, "the same content");
    assert_eq!(made.checked, first.checked);
    let is =
        [(3, RevisionState::Live), (2, RevisionState::Superseded), (1, RevisionState::Superseded)];
    assert_eq!(states(&officer, course).await, is);
    let read = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(read.content, crate::written::article());
});

scene!(the_sample_courses_went_through_two_hands, |world| async move {
    seed(&world.app).await.unwrap();
    let officer = world.person("zhengming").await;
    let courses = officer.call(shared::authoring::ListManagedCourses::default()).await.unwrap();
    for course in courses.items {
        let list = officer.call(ListRevisions { course: course.id }).await.unwrap();
        assert!(!list.changed, "{}", course.title);
        let live = &list.revisions[0];
        let names = (&*live.written.name, &*live.checked.as_ref().unwrap().name);
        assert_eq!((live.state, names), (RevisionState::Live, ("郑明", "方慧")));
    }
});

scene!(a_course_that_is_retired_does_not_come_back_by_itself, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    rewrite(&officer, lessons[0], "第二版").await;
    approved(&world, course).await;
    officer.call(plan(&world, course, 60).await).await.unwrap();
    let draft = officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(draft.review, Some(RevisionState::Approved), "to be published by hand");
    let_time_come(&world).await;
    work(&world).await;
    assert_eq!(wang.call(ListCourses::default()).await.unwrap().items.len(), 0);
    let is = [(2, RevisionState::Approved), (1, RevisionState::Retired)];
    assert_eq!(states(&officer, course).await, is);
    officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(wang.call(ListCourses::default()).await.unwrap().items.len(), 1);
});

scene!(what_was_planned_does_not_take_the_place_of_what_was_restored, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    rewrite(&officer, lessons[0], "第二版").await;
    publish(&world, course).await;
    rewrite(&officer, lessons[0], "第三版").await;
    approved(&world, course).await;
    officer.call(plan(&world, course, 60).await).await.unwrap();
    let first = officer.call(ListRevisions { course }).await.unwrap().revisions[2].id;
    let reason = "配比写错了".to_owned();
    officer.call(RestoreRevision { revision: first, reason, learners: None }).await.unwrap();
    let_time_come(&world).await;
    work(&world).await;
    let is = [
        (4, RevisionState::Live),
        (3, RevisionState::Approved),
        (2, RevisionState::Superseded),
        (1, RevisionState::Superseded),
    ];
    assert_eq!(states(&officer, course).await, is, "the third waits for somebody to publish it");
    let read = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(read.content, crate::written::article());
});
