//! What counts is what learners get: the revision that is live. And links keep up with what is written.

use shared::{
    authoring::{
        OptionDraft, QuestionDraft, QuizSettings, RemoveLesson, SaveLesson, SaveQuizDraft,
        ShowLessonDraft,
    },
    content::LessonContent,
    courses::ShowLesson,
    quizzes::QuestionKind,
    revisions::{ListRevisions, RedraftRevision, RestoreRevision, RetireCourse},
};

use super::*;

async fn counted(ming: &Person<'_>) -> (u32, u32) {
    let all = ming.call(ShowCoverage {}).await.unwrap().rows[0].all;
    (all.taught, all.examined)
}

async fn orphans(ming: &Person<'_>, kind: OrphanKind) -> Orphans {
    ming.call(ListOrphans { kind, standard: None, skip: None }).await.unwrap()
}

scene!(only_what_learners_read_now_counts_as_taught, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let held = valid(&world, linking(clause(&ming, version, "1.1").await.id, lessons[1])).await;
    assert_eq!(counted(&ming).await, (0, 0), "nobody reads a draft");
    written::publish(&world, course).await;
    assert_eq!(counted(&ming).await, (1, 0));
    ming.call(RetireCourse { course }).await.unwrap();
    assert_eq!(counted(&ming).await, (0, 0), "it was taken back");
    written::publish(&world, course).await;
    assert_eq!(counted(&ming).await, (1, 0));

    ming.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    assert_eq!(counted(&ming).await, (1, 0), "learners still read it");
    assert_eq!(link(&world, held).await.state, LinkState::Valid);
    written::publish(&world, course).await;
    assert_eq!(counted(&ming).await, (0, 0));
    let untaught = orphans(&ming, OrphanKind::ClauseWithoutCourse).await;
    assert!(untaught.items.iter().any(|it| it.number == "1.1"), "{untaught:?}");
    let bare = orphans(&ming, OrphanKind::CourseWithoutClause).await;
    assert!(bare.items.iter().any(|it| it.course == Some(course)));
    let gone = link(&world, held).await;
    assert_eq!((gone.state, gone.reason), (LinkState::Stale, Some(StaleReason::PlaceGone)));
    let save = SaveClauseLink {
        link: held,
        clause: gone.clause,
        kind: gone.kind,
        coverage: gone.coverage,
        dated: false,
        note: String::new(),
    };
    assert_eq!(ming.call(save).await.unwrap_err().fields[0].field, "target");

    let first = ming.call(ListRevisions { course }).await.unwrap().revisions;
    let first = first.iter().find(|it| it.number == 1).unwrap().id;
    let reason = "要用原来的".to_owned();
    let restore = RestoreRevision { revision: first, reason, learners: None };
    ming.call(restore).await.unwrap();
    assert_eq!(link(&world, held).await.state, LinkState::Valid, "its place is there again");
    assert_eq!(counted(&ming).await, (1, 0));
});

scene!(a_place_that_is_back_in_the_draft_does_not_hold_publishing_up, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    let held = valid(&world, linking(clause(&ming, version, "1.1").await.id, lessons[1])).await;
    ming.call(RemoveLesson { lesson: lessons[1] }).await.unwrap();
    written::publish(&world, course).await;
    assert_eq!(link(&world, held).await.reason, Some(StaleReason::PlaceGone));
    let all = ming.call(ListRevisions { course }).await.unwrap().revisions;
    let first = all.iter().find(|it| it.number == 1).unwrap().id;
    ming.call(RedraftRevision { revision: first }).await.unwrap();
    assert_eq!(link(&world, held).await.state, LinkState::Valid, "before it is published again");
    assert_eq!(counted(&ming).await, (0, 0), "nobody reads it yet");
});

fn question(stem: &str) -> QuestionDraft {
    let option = |text: &str, correct| OptionDraft { text: text.into(), correct };
    QuestionDraft {
        id: None,
        kind: QuestionKind::TrueFalse,
        stem: stem.into(),
        options: vec![option("正确", true), option("错误", false)],
        explanation: "见条款".into(),
    }
}

scene!(only_what_learners_are_asked_now_counts_as_examined, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, _) = course(&world).await;
    let save = |version, questions| SaveQuizDraft {
        course,
        version,
        settings: QuizSettings::default(),
        questions,
    };
    let quiz = ming.call(save(0, vec![question("两人登高"), question("设备要查")])).await.unwrap();
    let asked = quiz.questions[0].id.unwrap();
    let link_to = |clause: &ClauseRow, question| LinkClause {
        clause: clause.id,
        target: LinkTarget::Question { question },
        kind: LinkKind::Examined,
        coverage: LinkCoverage::Whole,
        dated: false,
        note: String::new(),
    };
    let held = valid(&world, link_to(&clause(&ming, version, "2.1").await, asked)).await;
    assert_eq!(counted(&ming).await, (0, 0), "nobody is asked it yet");
    let without = async || orphans(&ming, OrphanKind::QuestionWithoutClause).await;
    let of_course = |it: &Orphans| {
        it.items.iter().filter(|it| it.course == Some(course)).map(|it| it.text.clone()).collect()
    };
    let none: Vec<String> = of_course(&without().await);
    assert!(none.is_empty(), "{none:?}");
    written::publish(&world, course).await;
    assert_eq!(counted(&ming).await, (0, 1));
    let bare: Vec<String> = of_course(&without().await);
    assert_eq!(bare, ["设备要查"]);
    let left = quiz.questions[1].clone();
    ming.call(save(quiz.version, vec![left])).await.unwrap();
    assert_eq!(counted(&ming).await, (0, 1), "it is still asked");
    written::publish(&world, course).await;
    assert_eq!(counted(&ming).await, (0, 0));
    assert_eq!(link(&world, held).await.reason, Some(StaleReason::PlaceGone));
});

scene!(readers_of_links_see_questions_and_steps_as_they_are_published, |world| async move {
    world.make_near_officer().await;
    let (ming, near) = (world.person("zhengming").await, world.person("liuqiang").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let cited = clause(&ming, version, "2.1").await.id;
    let details = written::details(&world, "会议室保洁");
    let (course, lessons) = written::drafted(&world, details, written::two_lessons()).await;
    let save = |version, questions| SaveQuizDraft {
        course,
        version,
        settings: QuizSettings::default(),
        questions,
    };
    let quiz = ming.call(save(0, vec![question("两人登高")])).await.unwrap();
    let asked = quiz.questions[0].id.unwrap();
    let target = LinkTarget::Question { question: asked };
    let to_question = LinkClause { target, kind: LinkKind::Examined, ..linking(cited, lessons[1]) };
    let target = LinkTarget::Card { lesson: lessons[1], card: 1 };
    let to_card = LinkClause { target, ..linking(cited, lessons[1]) };
    let links = [valid(&world, to_question).await, valid(&world, to_card).await];
    written::publish(&world, course).await;
    let reworded = QuestionDraft { stem: "三人登高".into(), ..quiz.questions[0].clone() };
    ming.call(save(quiz.version, vec![reworded])).await.unwrap();
    retitled(&ming, lessons[1], &["第 1 步", "还没发布", "第 3 步"]).await;
    let titles = async |person: &Person<'_>| {
        let all = person.call(ListClauseLinks::default()).await.unwrap().items;
        links.map(|id| all.iter().find(|it| it.id == id).unwrap().target_title.clone())
    };
    assert_eq!(titles(&ming).await, ["三人登高", "擦会议桌 · 还没发布"]);
    assert_eq!(titles(&near).await, ["两人登高", "擦会议桌 · 其中一步"]);
});

/// Saves the step cards of a lesson under these titles.
async fn retitled(ming: &Person<'_>, lesson: LessonId, titles: &[&str]) {
    let draft = ming.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonContent::Steps(mut steps) = draft.content else { panic!("it has steps") };
    let like = steps.cards[0].clone();
    steps.cards = titles
        .iter()
        .map(|it| shared::content::StepCard { title: (*it).into(), ..like.clone() })
        .collect();
    let save = SaveLesson {
        lesson,
        version: draft.version,
        title: draft.title,
        minutes: draft.minutes,
        position: None,
        content: LessonContent::Steps(steps),
    };
    ming.call(save).await.unwrap();
}

scene!(a_card_keeps_its_clause_while_it_is_renamed_and_moved, |world| async move {
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    let lesson = lessons[1];
    let target = LinkTarget::Card { lesson, card: 1 };
    let cited = clause(&ming, version, "2.1").await.id;
    let held = valid(&world, LinkClause { target, ..linking(cited, lesson) }).await;
    let chip = async || wang.call(ShowLesson { lesson }).await.unwrap().clauses[0].card;
    assert_eq!(chip().await, Some(1));

    retitled(&ming, lesson, &["第 1 步", "第 2 步 擦", "第 3 步"]).await;
    retitled(&ming, lesson, &["第 1 步", "把桌面擦干净", "第 3 步"]).await;
    assert_eq!(link(&world, held).await.target_title, "擦会议桌 · 把桌面擦干净");
    assert_eq!(chip().await, Some(1), "learners still read the earlier title");
    retitled(&ming, lesson, &["第 1 步", "第 3 步", "把桌面擦干净"]).await;
    let moved = link(&world, held).await;
    assert_eq!(moved.target, LinkTarget::Card { lesson, card: 2 });
    assert_eq!(chip().await, Some(1));
    written::publish(&world, course).await;
    assert_eq!(chip().await, Some(2), "and now the new one, in its new place");
    assert_eq!(moved.state, LinkState::Valid, "nothing was said anew");
});
