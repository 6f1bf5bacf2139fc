//! What learners read when a course changes under them, and what it does to how far they got.

use shared::{
    authoring::{AddLesson, AssignCourse, RemoveLesson, SaveLesson, ShowLessonDraft},
    content::LessonKind,
    courses::{ListCourses, ShowCourse, ShowLesson},
    learning::{ReportProgress, ShowAchievements, ShowToday},
    reports::ShowCourseReport,
};

use super::*;
use crate::written::{article, details, in_days, publish, published, two_lessons};

async fn finish(person: &Person<'_>, lesson: LessonId) {
    let report: ReportProgress = serde_json::from_value(serde_json::json!({
        "lesson": lesson, "position": 100, "watched": [], "reached_end": true,
    }))
    .unwrap();
    person.call(report).await.unwrap();
}

/// Takes the second lesson out and puts two others in.
async fn replace_second(officer: &Person<'_>, lessons: &[LessonId]) -> Vec<LessonId> {
    let chapter = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap().chapter;
    officer.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    let mut added = Vec::new();
    for title in ["新一", "新二"] {
        let add = AddLesson { chapter, title: title.into(), kind: LessonKind::Article };
        let lesson = officer.call(add).await.unwrap().id;
        let (title, minutes, position, content) = (title.into(), 4, 9, article());
        let save =
            SaveLesson { lesson, version: 1, title, minutes, position: Some(position), content };
        officer.call(save).await.unwrap();
        added.push(lesson);
    }
    added
}

async fn go_live(world: &World, course: CourseId, learners: OngoingLearners) {
    approved(world, course).await;
    let learners = Some(learners);
    let request = PublishCourse { learners, ..PublishCourse::now(course) };
    world.person("zhengming").await.call(request).await.unwrap();
}

scene!(whoever_moves_on_keeps_what_is_still_in_the_course, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (wang, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    finish(&wang, lessons[0]).await;
    finish(&wang, lessons[1]).await;
    assert_eq!(wang.call(ShowAchievements {}).await.unwrap().courses.len(), 1);
    replace_second(&officer, &lessons).await;
    go_live(&world, course, OngoingLearners::MoveOn).await;
    let shown = wang.call(ShowCourse { course }).await.unwrap();
    let progress = shown.card.progress;
    assert_eq!((progress.lessons, progress.finished, progress.minutes_left), (3, 1, 8));
    assert!(wang.call(ShowAchievements {}).await.unwrap().courses.is_empty());
    assert_eq!(code(&wang, ShowLesson { lesson: lessons[1] }).await, Code::NotFound);
    let report = ShowCourseReport { course, organization: None, post: None };
    let row = &officer.call(report).await.unwrap().rows[0];
    assert_eq!((row.lessons_finished, row.lessons, row.finished_at), (1, 3, None));
});

scene!(whoever_has_begun_may_finish_what_they_know, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (wang, chen) = (world.person("wangxiuying").await, world.person("chenmei").await);
    let officer = world.person("zhengming").await;
    finish(&wang, lessons[0]).await;
    let added = replace_second(&officer, &lessons).await;
    go_live(&world, course, OngoingLearners::Finish).await;

    let shown = wang.call(ShowCourse { course }).await.unwrap();
    assert_eq!((shown.card.progress.lessons, shown.next_lesson), (2, Some(lessons[1])));
    assert_eq!(code(&wang, ShowLesson { lesson: added[0] }).await, Code::NotFound);
    let newcomer = chen.call(ShowCourse { course }).await.unwrap();
    assert_eq!((newcomer.card.progress.lessons, newcomer.next_lesson), (3, Some(lessons[0])));
    assert_eq!(code(&chen, ShowLesson { lesson: lessons[1] }).await, Code::NotFound);
    let revisions = officer.call(ListRevisions { course }).await.unwrap().revisions;
    assert_eq!(revisions.iter().map(|it| it.staying).collect::<Vec<_>>(), [0, 1]);

    finish(&wang, lessons[1]).await;
    finish(&chen, lessons[0]).await;
    assert_eq!(wang.call(ShowAchievements {}).await.unwrap().courses.len(), 1);
    let report = ShowCourseReport { course, organization: None, post: None };
    let rows = officer.call(report).await.unwrap().rows;
    let row = |name: &str| rows.iter().find(|it| it.name == name).unwrap();
    assert!(row("王秀英").finished_at.is_some());
    assert_eq!((row("王秀英").lessons, row("陈梅").lessons), (2, 3));

    // A later one, with which everybody moves on.
    rewrite(&officer, added[0], "又改了").await;
    go_live(&world, course, OngoingLearners::MoveOn).await;
    let progress = wang.call(ShowCourse { course }).await.unwrap().card.progress;
    assert_eq!((progress.lessons, progress.finished), (3, 1));
});

scene!(a_list_shows_each_learner_the_revision_that_they_learn, |world| async move {
    let (course, lessons) = published(&world, details(&world, "老名字"), two_lessons()).await;
    let (wang, li) = (world.person("wangxiuying").await, world.person("lijianguo").await);
    let officer = world.person("zhengming").await;
    finish(&wang, lessons[0]).await;
    let request = shared::authoring::SaveCourseDetails {
        course,
        version: 1,
        details: shared::authoring::CourseDetails {
            posts: vec![world.cast.post("安全保卫")],
            ..details(&world, "新名字")
        },
    };
    officer.call(request).await.unwrap();
    let titles = async |person: &Person<'_>, words: &str| {
        let search = Some(words.to_owned());
        let page = person.call(ListCourses { search, ..ListCourses::default() }).await.unwrap();
        page.items.into_iter().map(|it| (it.title, it.posts[0].name.clone())).collect::<Vec<_>>()
    };
    let old = vec![("老名字".to_owned(), "卫生保洁".to_owned())];
    assert_eq!(titles(&li, "名字").await, old, "not published yet");
    go_live(&world, course, OngoingLearners::Finish).await;
    assert_eq!(titles(&wang, "名字").await, old);
    assert_eq!(titles(&li, "新名字").await, [("新名字".to_owned(), "安全保卫".to_owned())]);
    assert!(titles(&li, "老名字").await.is_empty());
    let due_on = in_days(&world, 7).await;
    let posts = vec![world.cast.post("卫生保洁")];
    officer
        .call(AssignCourse {
            course,
            posts,
            organizations: vec![],
            teams: vec![],
            people: vec![],
            due_on,
        })
        .await
        .unwrap();
    let today = wang.call(ShowToday {}).await.unwrap();
    assert_eq!(today.assigned[0].title, "老名字");
});

scene!(progress_in_a_lesson_that_comes_back_is_still_there, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (wang, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    finish(&wang, lessons[1]).await;
    officer.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    publish(&world, course).await;
    assert_eq!(wang.call(ShowCourse { course }).await.unwrap().card.progress.finished, 0);
    let first = officer.call(ListRevisions { course }).await.unwrap().revisions[1].id;
    let reason = "还是要讲这一步".to_owned();
    officer.call(RestoreRevision { revision: first, reason, learners: None }).await.unwrap();
    let progress = wang.call(ShowCourse { course }).await.unwrap().card.progress;
    assert_eq!((progress.lessons, progress.finished), (2, 1));
});

scene!(a_retired_course_is_shown_again_as_it_was, |world| async move {
    let (course, lessons) = published(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (wang, officer) = (world.person("wangxiuying").await, world.person("zhengming").await);
    officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Retired)]);
    rewrite(&officer, lessons[0], "没人校核过").await;
    officer.call(PublishCourse::now(course)).await.unwrap();
    assert_eq!(states(&officer, course).await, [(1, RevisionState::Live)]);
    let read = wang.call(ShowLesson { lesson: lessons[0] }).await.unwrap();
    assert_eq!(read.content, article());
});
