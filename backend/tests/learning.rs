//! Learning: the day, progress through lessons, and what was achieved.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

#[path = "learning/writes.rs"]
mod writes;

use futures_util::future::join_all;
use scene::{Person, World};
use shared::{
    authoring::SaveLesson,
    content::{LessonContent, VideoLesson},
    courses::{LessonId, ListCourses, ShowCourse, ShowLesson},
    learning::*,
    problem::Code,
    revisions::RetireCourse,
};
use written::*;

fn report(lesson: LessonId, position: u32, reached_end: bool) -> ReportProgress {
    ReportProgress { lesson, position, watched: Vec::new(), reached_end, ago: 0 }
}

fn watched(lesson: LessonId, parts: &[[u32; 2]]) -> ReportProgress {
    let position = parts.last().map_or(0, |part| part[1]);
    ReportProgress { lesson, position, watched: parts.to_vec(), reached_end: false, ago: 0 }
}

async fn finish(person: &Person<'_>, lessons: &[LessonId]) {
    for lesson in lessons {
        person.call(report(*lesson, 100, true)).await.unwrap();
    }
}

/// Moves every report so many seconds into the past.
async fn time_passes(world: &World, seconds: i64) {
    let earlier = (now(world).await - chrono::TimeDelta::seconds(seconds)).to_rfc3339();
    world.sql(&format!("UPDATE lesson_progress SET updated_at = '{earlier}'")).await;
}

/// A published course of one video, so many seconds long, to be watched as `rules` say.
async fn one_video(world: &World, seconds: u32, rules: impl FnOnce(&mut VideoLesson)) -> LessonId {
    let mut content = video(world, seconds).await;
    let LessonContent::Video(it) = &mut content else { panic!("a video") };
    rules(it);
    published(world, details(world, "示范"), vec![("看", 2, content)]).await.1[0]
}

scene!(progress_is_kept_shown_and_never_goes_back, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    let read = wang.call(report(lessons[0], 40, false)).await.unwrap();
    assert_eq!((read.position, read.percent, read.finished_at), (40, 40, None));
    let back = wang.call(report(lessons[0], 10, false)).await.unwrap();
    assert_eq!((back.position, back.percent), (10, 40));
    let shown = wang.call(ShowCourse { course }).await.unwrap();
    assert!(shown.chapters[0].lessons[0].started && !shown.chapters[0].lessons[1].started);
    assert_eq!(shown.next_lesson, Some(lessons[0]));
    let progress = wang.call(ListCourses::default()).await.unwrap().items[0].progress;
    assert_eq!((progress.started, progress.finished, progress.minutes_left), (true, 0, 15));
    let done = wang.call(report(lessons[0], 100, true)).await.unwrap();
    assert!(done.finished_at.is_some());
    assert_eq!(wang.call(report(lessons[0], 100, true)).await.unwrap(), done);
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
    let other = other.items[0].progress;
    assert_eq!((other.started, other.finished, other.minutes_left), (false, 0, 15));
});

scene!(a_video_counts_as_far_as_there_was_time_to_watch_it, |world| async move {
    let lesson = one_video(&world, 100, |_| {}).await;
    let wang = world.person("wangxiuying").await;
    let shown = wang.call(ShowLesson { lesson }).await.unwrap();
    let LessonContent::Video(video) = shown.content else { panic!("a video") };
    assert_eq!(video.seconds, 100);
    let hasty = ReportProgress { reached_end: true, ..watched(lesson, &[[0, 100]]) };
    let hasty = wang.call(hasty).await.unwrap();
    assert!((15..25).contains(&hasty.percent), "{hasty:?}");
    assert_eq!((hasty.position, hasty.furthest, hasty.finished_at), (100, hasty.percent, None));
    time_passes(&world, 3600).await;
    let most = wang.call(watched(lesson, &[[0, 50], [40, 89]])).await.unwrap();
    assert_eq!((most.percent, most.finished_at), (89, None));
    let all = wang.call(watched(lesson, &[[89, 90]])).await.unwrap();
    assert!(all.percent == 100 && all.finished_at.is_some());
});

scene!(a_report_that_is_forged_or_replayed_gains_nothing_and_is_no_error, |world| async move {
    let lesson = one_video(&world, 1000, |_| {}).await;
    let wang = world.person("wangxiuying").await;
    for _ in 0..10 {
        let again = wang.call(watched(lesson, &[[0, 1000]])).await.unwrap();
        assert!(again.furthest < 30, "{again:?}");
    }
    time_passes(&world, 60).await;
    // A minute later an honest minute counts, and the same once more does not.
    let honest = wang.call(watched(lesson, &[[100, 160]])).await.unwrap();
    assert_eq!(honest.furthest, 160);
    assert_eq!(wang.call(watched(lesson, &[[100, 160]])).await.unwrap().percent, honest.percent);
    let more = wang.call(watched(lesson, &[[160, 1000]])).await.unwrap();
    assert!(more.furthest < 220, "{more:?}");
});

scene!(time_is_spent_once_whichever_lesson_it_is_spent_on, |world| async move {
    let (one, other) = (one_video(&world, 600, |_| {}).await, one_video(&world, 600, |_| {}).await);
    let wang = world.person("wangxiuying").await;
    wang.call(watched(one, &[])).await.unwrap();
    time_passes(&world, 400).await;
    // What was watched without a network arrives lesson by lesson …
    assert_eq!(wang.call(watched(one, &[[0, 200]])).await.unwrap().furthest, 200);
    assert_eq!(wang.call(watched(other, &[[0, 200]])).await.unwrap().furthest, 200);
    // … and nobody watches two at the same time.
    let both = wang.call(watched(other, &[[0, 600]])).await.unwrap();
    assert!((400..470).contains(&both.furthest), "{both:?}");
});

scene!(many_devices_at_the_same_moment_gain_nothing, |world| async move {
    let mut lessons = Vec::new();
    for _ in 0..6 {
        lessons.push(one_video(&world, 600, |_| {}).await);
    }
    let wang = world.person("wangxiuying").await;
    wang.call(watched(lessons[0], &[])).await.unwrap();
    time_passes(&world, 100).await;
    let all = join_all(lessons.iter().map(|it| wang.call(watched(*it, &[[0, 600]])))).await;
    let seconds: u32 = all.into_iter().map(|it| it.unwrap().furthest).sum();
    assert!((150..230).contains(&seconds), "{seconds}");
});

scene!(a_lesson_at_its_own_speed_takes_its_own_time, |world| async move {
    let lesson = one_video(&world, 1000, |it| it.normal_speed = true).await;
    let wang = world.person("wangxiuying").await;
    wang.call(watched(lesson, &[])).await.unwrap();
    time_passes(&world, 400).await;
    let fast = wang.call(watched(lesson, &[[0, 600]])).await.unwrap();
    assert!((500..550).contains(&fast.furthest), "{fast:?}");
});

scene!(a_lesson_in_order_is_not_skipped_through, |world| async move {
    let lesson = one_video(&world, 600, |it| it.in_order = true).await;
    let wang = world.person("wangxiuying").await;
    wang.call(watched(lesson, &[])).await.unwrap();
    time_passes(&world, 3600).await;
    let end = wang.call(watched(lesson, &[[0, 20], [500, 600]])).await.unwrap();
    assert_eq!((end.position, end.furthest), (25, 20));
    assert_eq!(wang.call(watched(lesson, &[[20, 80]])).await.unwrap().furthest, 80);
});

scene!(another_device_goes_on_where_the_last_one_stopped, |world| async move {
    let lesson = one_video(&world, 600, |_| {}).await;
    let (phone, tablet) = (world.person("wangxiuying").await, world.person("wangxiuying").await);
    phone.call(watched(lesson, &[])).await.unwrap();
    time_passes(&world, 600).await;
    phone.call(watched(lesson, &[[0, 200]])).await.unwrap();
    let shown = tablet.call(ShowLesson { lesson }).await.unwrap();
    assert_eq!(shown.progress.position, 200);
    tablet.call(report(lesson, 230, false)).await.unwrap();
    // What the phone did before, without a network, arrives only now.
    let late = ReportProgress { ago: 300, ..watched(lesson, &[[200, 210]]) };
    let late = phone.call(late).await.unwrap();
    assert_eq!((late.position, late.furthest), (230, 210));
});

scene!(reports_that_cross_each_other_add_up, |world| async move {
    let lesson = one_video(&world, 100, |_| {}).await;
    let wang = world.person("wangxiuying").await;
    wang.call(watched(lesson, &[])).await.unwrap();
    time_passes(&world, 3600).await;
    let parts = (0..10).map(|part| wang.call(watched(lesson, &[[part * 8, part * 8 + 8]])));
    for answer in join_all(parts).await {
        answer.unwrap();
    }
    assert_eq!(wang.call(watched(lesson, &[])).await.unwrap().percent, 80);
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
    assert_eq!((far.position, far.percent, far.furthest), (100, 0, 0));
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
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let wang = world.person("wangxiuying").await;
    let far = wang.call(report(lessons[1], 2, false)).await.unwrap();
    assert_eq!(far.percent, 99);
    let longer = SaveLesson {
        lesson: lessons[1],
        version: 2,
        title: "擦会议桌".into(),
        minutes: 8,
        position: Some(2),
        content: steps(6),
    };
    world.person("zhengming").await.call(longer).await.unwrap();
    publish(&world, course).await;
    assert_eq!(wang.call(report(lessons[1], 3, false)).await.unwrap().percent, 99);
});
