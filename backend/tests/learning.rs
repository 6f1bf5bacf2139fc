//! Learning: the day, progress through lessons, and what was achieved.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

use futures_util::future::join_all;
use scene::{Person, World};
use shared::{
    authoring::{RetireCourse, SaveLesson},
    content::LessonContent,
    courses::{LessonId, ListCourses, ShowCourse, ShowLesson},
    learning::*,
    problem::Code,
};
use written::*;

fn report(lesson: LessonId, position: u32, reached_end: bool) -> ReportProgress {
    ReportProgress { lesson, position, watched: Vec::new(), reached_end }
}

fn watched(lesson: LessonId, parts: &[[u32; 2]]) -> ReportProgress {
    let position = parts.last().map_or(0, |part| part[1]);
    ReportProgress { lesson, position, watched: parts.to_vec(), reached_end: false }
}

async fn finish(person: &Person<'_>, lessons: &[LessonId]) {
    for lesson in lessons {
        person.call(report(*lesson, 100, true)).await.unwrap();
    }
}

/// Moves every report an hour into the past.
async fn an_hour_passes(world: &World) {
    let earlier = (now(world).await - chrono::TimeDelta::hours(1)).to_rfc3339();
    let sql =
        format!("UPDATE lesson_progress SET started_at = '{earlier}', updated_at = '{earlier}'");
    world.sql(&sql).await;
}

scene!(progress_is_kept_shown_and_never_goes_back, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    let read = wang.call(report(lessons[0], 40, false)).await.unwrap();
    assert_eq!((read.position, read.percent, read.finished_at), (40, 40, None));
    let late = wang.call(report(lessons[0], 10, false)).await.unwrap();
    assert_eq!((late.position, late.percent), (40, 40));
    let shown = wang.call(ShowCourse { course }).await.unwrap();
    assert!(shown.chapters[0].lessons[0].started && !shown.chapters[0].lessons[1].started);
    assert_eq!(shown.next_lesson, Some(lessons[0]));
    let done = wang.call(report(lessons[0], 100, true)).await.unwrap();
    assert!(done.finished_at.is_some());
    assert_eq!(wang.call(report(lessons[0], 0, true)).await.unwrap(), done);
    assert_eq!(wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap().progress, done);
    let progress = wang.call(ListCourses::default()).await.unwrap().items[0].progress;
    let expected = (2, 1, 8, None);
    assert_eq!(
        (progress.lessons, progress.finished, progress.minutes_left, progress.quiz_passed),
        expected
    );
    let shown = wang.call(ShowCourse { course }).await.unwrap();
    assert_eq!((shown.next_lesson, shown.card.progress), (Some(lessons[1]), progress));
    let other = world.person("liuqiang").await.call(ListCourses::default()).await.unwrap();
    assert_eq!((other.items[0].progress.finished, other.items[0].progress.minutes_left), (0, 15));
});

scene!(a_video_counts_as_far_as_there_was_time_to_watch_it, |world| async move {
    let content = video(&world, 100).await;
    let (_, lessons) = published(&world, details(&world, "示范"), vec![("看", 2, content)]).await;
    let (lesson, wang) = (lessons[0], world.person("wangxiuying").await);
    let shown = wang.call(ShowLesson { lesson }).await.unwrap();
    let LessonContent::Video(video) = shown.content else { panic!("a video") };
    assert_eq!(video.seconds, 100);
    let hasty =
        wang.call(ReportProgress { reached_end: true, ..watched(lesson, &[[0, 100]]) }).await;
    assert_eq!(hasty.unwrap(), LessonProgress { position: 100, percent: 15, finished_at: None });
    for _ in 0..10 {
        let again = wang.call(watched(lesson, &[[0, 100]])).await.unwrap();
        assert!(again.percent < 25, "{again:?}");
    }
    an_hour_passes(&world).await;
    let most = wang.call(watched(lesson, &[[0, 50], [40, 89]])).await.unwrap();
    assert_eq!((most.percent, most.finished_at), (89, None));
    let all = wang.call(watched(lesson, &[[89, 90]])).await.unwrap();
    assert!(all.percent == 100 && all.finished_at.is_some());
});

scene!(reports_that_cross_each_other_add_up, |world| async move {
    let content = video(&world, 100).await;
    let (_, lessons) = published(&world, details(&world, "示范"), vec![("看", 2, content)]).await;
    let wang = world.person("wangxiuying").await;
    wang.call(watched(lessons[0], &[])).await.unwrap();
    an_hour_passes(&world).await;
    let parts = (0..10).map(|part| wang.call(watched(lessons[0], &[[part * 8, part * 8 + 8]])));
    for answer in join_all(parts).await {
        answer.unwrap();
    }
    assert_eq!(wang.call(watched(lessons[0], &[])).await.unwrap().percent, 80);
});

scene!(a_report_that_makes_no_sense_is_refused_or_bounded, |world| async move {
    let content = video(&world, 100).await;
    let (_, lessons) = published(&world, details(&world, "示范"), vec![("看", 2, content)]).await;
    let wang = world.person("wangxiuying").await;
    let backwards = wang.call(watched(lessons[0], &[[0, 5], [9, 7]])).await.unwrap_err();
    assert_eq!(
        (backwards.code, backwards.fields[0].field.as_str()),
        (Code::InvalidRequest, "watched[1]")
    );
    let flood = wang.call(watched(lessons[0], &[[0, 1]; 501])).await.unwrap_err();
    assert_eq!(flood.fields[0].field, "watched");
    let far = wang.call(watched(lessons[0], &[[u32::MAX - 1, u32::MAX]])).await.unwrap();
    assert_eq!(far, LessonProgress { position: 100, percent: 0, finished_at: None });
    let (status, problem) = wang
        .raw(
            "PUT",
            &format!("/api/lessons/{}/progress", lessons[0]),
            Some(r#"{"position":-1}"#.into()),
        )
        .await;
    assert_eq!((status, problem["fields"][0]["field"].as_str()), (422, Some("position")));
});

scene!(nobody_reports_on_what_they_may_not_see, |world| async move {
    let (_, lessons) = drafted(&world, details(&world, "还没发布"), two_lessons()).await;
    let request = || report(lessons[0], 1, true);
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(request()).await.unwrap_err().code, Code::NotFound);
    let stranger = world.stranger();
    assert_eq!(stranger.call(request()).await.unwrap_err().code, Code::NotSignedIn);
    assert_eq!(stranger.call(ShowToday {}).await.unwrap_err().code, Code::NotSignedIn);
    assert_eq!(stranger.call(ShowAchievements {}).await.unwrap_err().code, Code::NotSignedIn);
});

scene!(today_shows_what_is_assigned_and_not_done_the_soonest_first, |world| async move {
    let (later, _) = published(&world, details(&world, "不急"), two_lessons()).await;
    let (soon, lessons) = published(&world, details(&world, "急"), two_lessons()).await;
    published(&world, details(&world, "没布置"), two_lessons()).await;
    assigned(&world, later, in_days(&world, 9).await).await;
    assigned(&world, soon, in_days(&world, 2).await).await;
    let wang = world.person("wangxiuying").await;
    let today = wang.call(ShowToday {}).await.unwrap();
    let due: Vec<&str> = today.assigned.iter().map(|it| it.title.as_str()).collect();
    assert_eq!((due, today.unread_messages), (vec!["急", "不急"], 2));
    assert_eq!((today.me.name.as_str(), today.resume, today.session), ("王秀英", None, None));
    finish(&wang, &lessons).await;
    let today = wang.call(ShowToday {}).await.unwrap();
    assert_eq!(today.assigned.iter().map(|it| it.id).collect::<Vec<_>>(), [later]);
    let li = world.person("lijianguo").await.call(ShowToday {}).await.unwrap();
    assert!(li.assigned.is_empty());
});

scene!(a_learner_goes_on_where_they_stopped, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    wang.call(report(lessons[1], 1, false)).await.unwrap();
    wang.call(report(lessons[0], 30, false)).await.unwrap();
    let resume = wang.call(ShowToday {}).await.unwrap().resume.unwrap();
    assert_eq!((resume.lesson, resume.course, resume.percent), (lessons[0], course, 30));
    assert_eq!((&*resume.course_title, &*resume.lesson_title), ("会议室保洁", "分色抹布"));
    finish(&wang, &lessons[..1]).await;
    let resume = wang.call(ShowToday {}).await.unwrap().resume.unwrap();
    assert_eq!((resume.lesson, resume.percent), (lessons[1], 66));
    world.person("zhengming").await.call(RetireCourse { course }).await.unwrap();
    assert_eq!(wang.call(ShowToday {}).await.unwrap().resume, None);
});

scene!(a_finished_course_stays_achieved, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    finish(&wang, &lessons[..1]).await;
    assert!(wang.call(ShowAchievements {}).await.unwrap().courses.is_empty());
    finish(&wang, &lessons).await;
    let achieved = wang.call(ShowAchievements {}).await.unwrap();
    assert_eq!(achieved.courses[0].title, "会议室保洁");
    let last = wang.call(ShowLesson { lesson: lessons[1] }).await.unwrap().progress.finished_at;
    assert_eq!(Some(achieved.courses[0].finished_at), last);
    world.person("zhengming").await.call(RetireCourse { course }).await.unwrap();
    assert_eq!(wang.call(ShowAchievements {}).await.unwrap(), achieved);
});

scene!(what_changes_in_a_lesson_takes_nothing_back, |world| async move {
    let (_, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    let far = wang.call(report(lessons[1], 2, false)).await.unwrap();
    assert_eq!(far.percent, 99);
    let longer = SaveLesson {
        lesson: lessons[1],
        version: 2,
        title: "擦会议桌".into(),
        minutes: 8,
        position: 2,
        content: steps(6),
    };
    world.person("zhengming").await.call(longer).await.unwrap();
    assert_eq!(wang.call(report(lessons[1], 3, false)).await.unwrap().percent, 99);
});
