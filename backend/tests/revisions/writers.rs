//! Whoever wrote of a revision neither checks nor reviews it, whoever submitted it.

use sea_orm::{ConnectionTrait, Statement};
use shared::{
    authoring::{QuizSettings, SaveChapter, SaveCourseDetails, SaveLessonChecks, SaveQuizDraft},
    content::{MediaId, VideoLesson},
    media::SaveSubtitles,
};

use super::*;
use crate::written::{details, drafted, published, two_lessons, video};

/// A third officer, of this course.
async fn third(world: &World) -> Person<'_> {
    let grant = "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
         SELECT id, id, 'training_officer', 'course',
                (SELECT id FROM courses WHERE title = '会议室保洁'), created_at
         FROM people WHERE name = '吴芳'";
    world.sql(grant).await;
    world.person("wufang").await
}

scene!(whoever_wrote_of_a_revision_neither_checks_nor_reviews_it, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let other = third(&world).await;
    rewrite(&colleague, lessons[0], "都是方慧写的").await;
    let sent = officer.call(submit(course)).await.unwrap();
    let revision = sent.id;
    let mut writers = sent.writers;
    writers.sort();
    assert_eq!(writers, ["方慧", "郑明"]);
    let refused = colleague.call(CheckRevision { revision }).await.unwrap_err();
    assert_eq!(refused.code, Code::SecondPersonNeeded);
    let why = refused.detail.unwrap();
    assert!(["方慧", "郑明", "第 1 版"].iter().all(|it| why.contains(it)), "{why}");
    assert_eq!(
        colleague.call(ShowRevision { revision }).await.unwrap().revision.may,
        [RevisionStep::Return]
    );
    other.call(CheckRevision { revision }).await.unwrap();
    assert_eq!(code(&colleague, ApproveRevision { revision }).await, Code::SecondPersonNeeded);

    let reason = || "再改改".to_owned();
    other.call(ReturnRevision { revision, reason: reason() }).await.unwrap();
    rewrite(&officer, lessons[0], "郑明改的").await;
    let revision = officer.call(submit(course)).await.unwrap().id;
    let again = code(&colleague, CheckRevision { revision }).await;
    assert_eq!(again, Code::SecondPersonNeeded, "her words are still there");
    other.call(CheckRevision { revision }).await.unwrap();
    other.call(ApproveRevision { revision }).await.unwrap();
    officer.call(PublishCourse::now(course)).await.unwrap();

    rewrite(&officer, lessons[0], "只有郑明改了").await;
    let sent = officer.call(submit(course)).await.unwrap();
    assert_eq!(sent.writers, ["郑明"]);
    colleague.call(CheckRevision { revision: sent.id }).await.unwrap();
});

scene!(what_is_written_while_a_revision_is_on_its_way_is_of_the_next, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let other = third(&world).await;
    let revision = officer.call(submit(course)).await.unwrap().id;
    rewrite(&other, lessons[0], "下一版的").await;
    assert_eq!(officer.call(ShowRevision { revision }).await.unwrap().revision.writers, ["郑明"]);
    colleague.call(CheckRevision { revision }).await.unwrap();
    colleague.call(ApproveRevision { revision }).await.unwrap();
    officer.call(PublishCourse::now(course)).await.unwrap();
    let next = officer.call(submit(course)).await.unwrap();
    assert!(next.writers.contains(&"吴芳".to_owned()), "{:?}", next.writers);
    assert_eq!(code(&other, CheckRevision { revision: next.id }).await, Code::SecondPersonNeeded);
});

scene!(details_chapters_lessons_checks_and_the_quiz_are_all_writing, |world| async move {
    let officer = world.person("zhengming").await;
    let colleague = world.person("fanghui").await;
    for part in ["details", "chapter", "lesson", "checks", "quiz", "draft"] {
        let (course, lessons) = published(&world, details(&world, part), two_lessons()).await;
        rewrite(&officer, lessons[0], "郑明写的").await;
        match part {
            "details" => {
                let details = details(&world, "改名");
                let save = SaveCourseDetails { course, version: 1, details };
                colleague.call(save).await.map(drop).unwrap();
            }
            "chapter" => {
                let shown = colleague.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
                let (chapter, title) = (shown.chapter, "换个名字".into());
                let save = SaveChapter { chapter, title, position: 1 };
                colleague.call(save).await.map(drop).unwrap();
            }
            "lesson" => rewrite(&colleague, lessons[0], "方慧写的").await,
            "checks" => {
                let (lesson, version, questions) = (lessons[0], 0, vec![question("红布擦马桶")]);
                let save = SaveLessonChecks { lesson, version, questions };
                colleague.call(save).await.map(drop).unwrap();
            }
            "quiz" => {
                let (settings, questions) = (QuizSettings::default(), vec![question("红布擦马桶")]);
                let save = SaveQuizDraft { course, version: 0, settings, questions };
                colleague.call(save).await.map(drop).unwrap();
            }
            _ => {
                let revision = officer.call(submit(course)).await.unwrap().id;
                let reason = "再改".to_owned();
                officer.call(ReturnRevision { revision, reason }).await.unwrap();
                colleague.call(RedraftRevision { revision }).await.map(drop).unwrap();
            }
        }
        let revision = officer.call(submit(course)).await.unwrap().id;
        let refused = code(&colleague, CheckRevision { revision }).await;
        assert_eq!(refused, Code::SecondPersonNeeded, "{part}");
    }
});

scene!(
    whoever_wrote_of_the_draft_is_known_after_an_earlier_revision_came_back,
    |world| async move {
        let (course, lessons) =
            published(&world, details(&world, "会议室保洁"), two_lessons()).await;
        let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
        let other = third(&world).await;
        let first = officer.call(ListRevisions { course }).await.unwrap().revisions[0].id;
        rewrite(&other, lessons[0], "吴芳写的").await;
        let revision = officer.call(submit(course)).await.unwrap().id;
        colleague.call(CheckRevision { revision }).await.unwrap();
        colleague.call(ApproveRevision { revision }).await.unwrap();
        officer.call(PublishCourse::now(course)).await.unwrap();
        let reason = "配比写错了".to_owned();
        officer.call(RestoreRevision { revision: first, reason, learners: None }).await.unwrap();
        let again = officer.call(submit(course)).await.unwrap();
        assert!(again.writers.contains(&"吴芳".to_owned()), "{:?}", again.writers);
        assert_eq!(
            code(&other, CheckRevision { revision: again.id }).await,
            Code::SecondPersonNeeded
        );
    }
);

async fn subtitle(person: &Person<'_>, media: MediaId, words: &str) {
    let text = match words {
        "" => String::new(),
        words => format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{words}"),
    };
    person.call(SaveSubtitles { media, text }).await.unwrap();
}

/// A lesson of a video, and the video.
async fn playing(world: &World) -> (LessonContent, MediaId) {
    let content = video(world, 30).await;
    let LessonContent::Video(VideoLesson { media: Some(media), .. }) = content else {
        panic!("{content:?}")
    };
    (content, media)
}

scene!(whoever_wrote_subtitles_before_a_lesson_showed_them_has_written, |world| async move {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let (content, media) = playing(&world).await;
    subtitle(&colleague, media, "方慧写的").await;
    let lessons = vec![("看", 5, content), ("读", 5, crate::written::article())];
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), lessons).await;
    let other = third(&world).await;
    let sent = officer.call(submit(course)).await.unwrap();
    assert!(sent.writers.contains(&"方慧".to_owned()), "{:?}", sent.writers);
    let revision = sent.id;
    assert_eq!(code(&colleague, CheckRevision { revision }).await, Code::SecondPersonNeeded);
    other.call(CheckRevision { revision }).await.unwrap();
    other.call(ApproveRevision { revision }).await.unwrap();
    officer.call(PublishCourse::now(course)).await.unwrap();

    rewrite(&officer, lessons[1], "只有郑明改了").await;
    let sent = officer.call(submit(course)).await.unwrap();
    assert_eq!(sent.writers, ["郑明"], "learners read her subtitles already");
});

scene!(subtitles_that_stay_when_a_revision_is_redrafted_keep_their_writer, |world| async move {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    for (course, words) in [("改字幕", "未审"), ("去字幕", "")] {
        let (content, media) = playing(&world).await;
        subtitle(&officer, media, "先断电").await;
        let details = details(&world, course);
        let (course, _) = published(&world, details, vec![("看", 5, content)]).await;
        let first = officer.call(ListRevisions { course }).await.unwrap().revisions[0].id;
        subtitle(&colleague, media, words).await;
        officer.call(RedraftRevision { revision: first }).await.unwrap();
        let sent = officer.call(submit(course)).await.unwrap();
        assert!(sent.writers.contains(&"方慧".to_owned()), "{words}: {:?}", sent.writers);
    }
});

#[actix_web::test]
async fn whoever_waits_for_a_course_writes_and_submits_after_that() {
    let Some(world) = World::with_a_clock_of_its_own().await else { return };
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let begun = crate::written::now(&world).await;
    let draft = colleague.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    let LessonDraft { id: lesson, version, minutes, content, .. } = draft;
    let title = "换个名字".into();
    let save = SaveLesson { lesson, version, title, minutes, position: None, content };
    world.after_an_hour("courses", colleague.call(save)).await.unwrap();
    let late = async |column: &str, table: &str| {
        let after = (begun + chrono::TimeDelta::minutes(30)).to_rfc3339();
        let ask = format!("SELECT count(*) FROM {table} WHERE {column} > '{after}'");
        let ask = Statement::from_string(world.app.db.backend(), ask);
        let found = world.app.db.read().query_one_raw(ask).await.unwrap().unwrap();
        found.try_get_by_index::<i64>(0).unwrap()
    };
    assert_eq!(late("wrote_at", "course_writers").await, 1);

    world.after_an_hour("courses", officer.call(submit(course))).await.unwrap();
    assert_eq!(late("written_at", "course_revisions").await, 1);
}
