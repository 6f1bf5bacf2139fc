//! Whoever did not hear that something arrived sends it again, and is told of no colleague.

use shared::{
    authoring::*,
    content::{Block, LessonContent},
    quizzes::QuestionKind,
};

use super::*;

fn question(stem: &str) -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: stem.into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: " 先断电 ".into(),
    }
}

scene!(a_practice_that_is_sent_again_is_no_conflict, |world| async move {
    let course = draft(&world).await;
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let mut practice = written::practice();
    // Nobody stops in the middle of a word: what is typed is tidied.
    practice.checklist.items[0].text = "杯柄朝右 ".into();
    practice.site.safety = " 先断电".into();
    let sent =
        |practice: &Practice| SavePractice { course, version: 0, practice: practice.clone() };
    let first = ming.call(sent(&practice)).await.unwrap();
    assert_eq!((first.version, first.practice.site.safety.as_str()), (1, "先断电"));
    assert_eq!(ming.call(sent(&practice)).await.unwrap(), first, "nothing is saved twice");
    let other = Practice { checklist: Checklist::default(), ..practice.clone() };
    assert_eq!(ming.call(sent(&other)).await.unwrap_err().code, Code::VersionConflict);
    let theirs = SavePractice { course, version: 1, practice: other };
    hui.call(theirs).await.unwrap();
    let late = ming.call(sent(&practice)).await.unwrap_err();
    assert_eq!(late.code, Code::VersionConflict, "a colleague saved since");
});

scene!(questions_that_are_sent_again_are_no_conflict, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let checks = |stem: &str| {
        let (lesson, questions) = (lessons[0], vec![question(stem)]);
        SaveLessonChecks { lesson, version: 0, questions }
    };
    let first = officer.call(checks("先断电 ")).await.unwrap();
    assert_eq!((first.version, first.questions[0].stem.as_str()), (1, "先断电"));
    assert_eq!(officer.call(checks("先断电 ")).await.unwrap(), first);
    let refused = officer.call(checks("后断电")).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionConflict);

    let quiz = |stem: &str| {
        let questions = vec![question("两人登高"), question(stem)];
        SaveQuizDraft { course, version: 0, settings: QuizSettings::default(), questions }
    };
    let first = officer.call(quiz(" 先放警示牌")).await.unwrap();
    assert!(first.version == 1 && first.questions.iter().all(|it| it.id.is_some()));
    let again = officer.call(quiz(" 先放警示牌")).await.unwrap();
    assert_eq!(again, first, "nor does a question get another id");
    let refused = officer.call(quiz("后放警示牌")).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionConflict);
});

scene!(a_lesson_and_details_that_are_sent_again_are_no_conflict, |world| async move {
    let (course, lessons) = drafted(&world, details(&world, "会议室保洁"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let version = officer.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap().version;
    let lesson = |html: &str| SaveLesson {
        lesson: lessons[0],
        version,
        title: "分色抹布 ".into(),
        minutes: 7,
        position: None,
        content: LessonContent::Article { blocks: vec![Block::Paragraph { html: html.into() }] },
    };
    let first = officer.call(lesson("<b>红布</b>擦马桶")).await.unwrap();
    assert_eq!((first.version, first.title.as_str()), (version + 1, "分色抹布"));
    assert_eq!(officer.call(lesson("<b>红布</b>擦马桶")).await.unwrap(), first);
    let refused = officer.call(lesson("蓝布")).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionConflict);

    let version = officer.call(ShowCourseDraft { course }).await.unwrap().version;
    let save = |title: &str| SaveCourseDetails { course, version, details: details(&world, title) };
    let first = officer.call(save("会议室保洁（二） ")).await.unwrap();
    let again = officer.call(save("会议室保洁（二） ")).await.unwrap();
    assert_eq!((again.version, again.details), (first.version, first.details));
    let refused = officer.call(save("别的")).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionConflict);
});
