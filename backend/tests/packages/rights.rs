//! Whose course goes where, and with which answers.

use shared::{
    authoring::{
        OptionDraft, QuestionDraft, SaveLessonChecks, ShowCourseDraft, ShowLessonDraft,
        ShowQuizDraft,
    },
    content::{LessonContent, MediaId, VideoLesson},
    courses::CourseId,
    media::{SaveSubtitles, ShowMediaFile},
    packages::CopyCourse,
    problem::Code,
    quizzes::QuestionKind,
};

use super::{brought, courses_of, exported, illustrated, png, quiz, tus, written, zipped::Package};
use crate::scene::{Person, World};

/// What a lesson asks at its end.
fn check() -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "擦之前要先断电吗？".into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "先断电，再擦。".into(),
    }
}

scene!(who_may_not_edit_a_course_takes_none_of_its_questions_along, |world| async move {
    world.make_near_officer().await;
    let (ming, near) = (world.person("zhengming").await, world.person("liuqiang").await);
    let image = tus::kept(&world, "zhengming", &png(20, 20)).await.id;
    let details = written::details(&world, "会议室保洁");
    let lessons = vec![("看", 5, illustrated(image))];
    let (course, lessons) = written::drafted(&world, details, lessons).await;
    quiz(&ming, course).await;
    let asked = SaveLessonChecks { lesson: lessons[0], version: 0, questions: vec![check()] };
    ming.call(asked).await.unwrap();
    assert_eq!(exported(&world, &near, course, "").await.0, 404, "a draft of others");
    written::publish(&world, course).await;

    let (status, package) = exported(&world, &near, course, "?revision=1").await;
    assert_eq!(status, 200);
    let package = Package::of(&package);
    let text = String::from_utf8(package.get("course.json").to_vec()).unwrap();
    for asked in ["红布", "马桶", "correct", "stem", "先断电吗"] {
        assert!(!text.contains(asked), "{asked}: {text}");
    }
    let manifest = package.json("manifest.json");
    assert_eq!(
        (&manifest["with_keys"], &manifest["questions_withheld"]),
        (&false.into(), &2.into())
    );
    let (_, own) = exported(&world, &ming, course, "").await;
    assert_eq!(Package::of(&own).json("manifest.json")["with_keys"], true);

    let copy = CopyCourse { course, revision: None, organization: None };
    let copied = near.call(copy).await.unwrap();
    assert_eq!((copied.questions, copied.questions_withheld), (0, 2));
    assert!(copied.questions_left_out.is_empty());
    let draft = near.call(ShowCourseDraft { course: copied.course }).await.unwrap();
    assert!(draft.editable && draft.missing.is_empty(), "{draft:?}");
    let quiz = near.call(ShowQuizDraft { course: copied.course }).await.unwrap();
    assert!(quiz.questions.is_empty());
});

scene!(a_course_goes_only_where_the_one_who_brings_it_reaches, |world| async move {
    world.make_near_officer().await;
    let (ming, near) = (world.person("zhengming").await, world.person("liuqiang").await);
    let [first, second] = ["和顺物业服务公司（示例）", "安恒保障服务公司（示例）"];
    let (first, second) = (world.cast.organization(first), world.cast.organization(second));
    let details = written::details(&world, "会议室保洁");
    let (course, _) = written::published(&world, details, written::two_lessons()).await;
    let copy = |organization| CopyCourse { course, revision: None, organization };

    let copied = ming.call(copy(Some(first))).await.unwrap();
    let seen = near.call(ShowCourseDraft { course: copied.course }).await.unwrap();
    assert!(seen.editable, "it is theirs now");
    assert_eq!(near.call(copy(Some(second))).await.unwrap_err().code, Code::NotFound);
    let (_, package) = exported(&world, &near, course, "").await;
    let there = format!("?organization={second}");
    assert_eq!(brought(&near, &there, &package).await.unwrap_err().code, Code::NotFound);
    let before = courses_of(&near).await;
    brought(&near, &format!("?organization={first}"), &package).await.unwrap();
    assert_eq!(courses_of(&near).await, before + 1);

    world.sql("UPDATE sign_ins SET stepped_up_at = NULL").await;
    let target = format!("/api/console/courses/{course}/package");
    let (status, problem) = ming.raw("GET", &target, None).await;
    assert_eq!((status, problem["code"].as_str()), (403, Some("step_up_required")));
    let wang = world.person("wangxiuying").await;
    assert_eq!(wang.call(copy(None)).await.unwrap_err().code, Code::NotAllowed);
    assert_eq!(brought(&wang, "", &package).await.unwrap_err().code, Code::NotAllowed);
});

async fn subtitle(world: &World, media: MediaId, words: &str) {
    let text = if words.is_empty() {
        String::new()
    } else {
        format!("WEBVTT\n\n00:01.000 --> 00:05.000\n{words}")
    };
    world.person("zhengming").await.call(SaveSubtitles { media, text }).await.unwrap();
}

/// What a copy says under its video.
async fn copied_subtitles(person: &Person<'_>, course: CourseId, revision: Option<u32>) -> String {
    let copy = CopyCourse { course, revision, organization: None };
    let course = person.call(copy).await.unwrap().course;
    let draft = person.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let content = person.call(ShowLessonDraft { lesson }).await.unwrap().content;
    let LessonContent::Video(VideoLesson { media: Some(media), .. }) = content else {
        panic!("{content:?}")
    };
    person.call(ShowMediaFile { media }).await.unwrap().subtitles
}

scene!(a_copy_has_the_subtitles_of_its_revision, |world| async move {
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let video = concat!(env!("CARGO_MANIFEST_DIR"), "/seed/courses/canteen/demo.mp4");
    let media = tus::kept(&world, "zhengming", &std::fs::read(video).unwrap()).await.id;
    subtitle(&world, media, "先断电").await;
    let content = LessonContent::Video(VideoLesson { media: Some(media), ..Default::default() });
    let details = written::details(&world, "会议室保洁");
    let (course, _) = written::published(&world, details, vec![("看", 5, content)]).await;
    subtitle(&world, media, "未审").await;
    let copied = copied_subtitles(&near, course, None).await;
    assert!(copied.contains("先断电") && !copied.contains("未审"), "{copied}");
    let (_, package) = exported(&world, &near, course, "").await;
    let package = Package::of(&package);
    let packed = String::from_utf8(package.get(&format!("subtitles/{media}.vtt")).to_vec());
    assert!(packed.unwrap().contains("先断电"));

    subtitle(&world, media, "").await;
    written::publish(&world, course).await;
    subtitle(&world, media, "还是未审").await;
    assert_eq!(copied_subtitles(&near, course, None).await, "");
    assert!(copied_subtitles(&near, course, Some(1)).await.contains("先断电"));
});
