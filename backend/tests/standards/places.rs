//! What of a course can be linked to a clause.

use shared::{
    authoring::{OptionDraft, QuestionDraft, QuizSettings, RemoveLesson, SaveQuizDraft},
    problem::Code,
    quizzes::QuestionKind,
};

use super::*;

scene!(all_of_a_course_that_can_be_linked_is_asked_for_at_once, |world| async move {
    let ming = world.person("zhengming").await;
    let lessons = vec![
        ("分色抹布", 5, written::article()),
        ("看一遍", 5, written::video(&world, 90).await),
        ("擦会议桌", 5, written::steps(2)),
        ("不要了", 5, written::article()),
    ];
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, lessons).await;
    ming.call(RemoveLesson { lesson: lessons[3] }).await.unwrap();
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    let question = QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: "红布擦桌子".into(),
        options: vec![option("正确", false), option("错误", true)],
        explanation: "红布只擦便器".into(),
    };
    let (settings, questions) = (QuizSettings::default(), vec![question]);
    let save = SaveQuizDraft { course, version: 0, settings, questions };
    let question = ming.call(save).await.unwrap().questions[0].id.unwrap();
    let places = ming.call(ListLinkPlaces { course }).await.unwrap();
    let [read, seen, done] = [lessons[0], lessons[1], lessons[2]];
    let choice = |title: &str, target| PlaceChoice { target, title: title.into() };
    assert_eq!(
        places,
        [
            choice("分色抹布", LinkTarget::Lesson { lesson: read }),
            choice("看一遍", LinkTarget::Lesson { lesson: seen }),
            choice("看一遍 · 其中的一段", LinkTarget::Video { lesson: seen, from: 0, to: 90 }),
            choice("擦会议桌", LinkTarget::Lesson { lesson: done }),
            choice("擦会议桌 · 第 1 步 第 1 步", LinkTarget::Card { lesson: done, card: 0 }),
            choice("擦会议桌 · 第 2 步 第 2 步", LinkTarget::Card { lesson: done, card: 1 }),
            choice("试题：红布擦桌子", LinkTarget::Question { question }),
        ]
    );
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let cited = clause(&ming, version, "2.1").await.id;
    for PlaceChoice { target, .. } in places {
        ming.call(LinkClause { target, ..linking(cited, read) }).await.unwrap();
    }
});

scene!(what_others_write_is_no_place_to_link, |world| async move {
    let details = written::details(&world, "会议室保洁");
    let (course, _) = written::published(&world, details, written::two_lessons()).await;
    world.make_near_officer().await;
    let near = world.person("liuqiang").await;
    let refused = near.call(ListLinkPlaces { course }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound, "though learners read it");
});
