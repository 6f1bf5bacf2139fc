//! What 差异微课 says of a clause that demands more than it did.

use shared::{
    authoring::{ShowCourseDraft, ShowLessonDraft},
    content::{Block, LessonContent},
};

use super::{
    difference::{made, quiz_of, texts, upcoming},
    *,
};

async fn blocks(world: &World, course: CourseId) -> Vec<Block> {
    let ming = world.person("zhengming").await;
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let lesson = ming.call(ShowLessonDraft { lesson }).await.unwrap();
    match lesson.content {
        LessonContent::Article { blocks } => blocks,
        other => panic!("{other:?}"),
    }
}

scene!(what_was_advice_and_has_to_be_done_now_says_so, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    in_force(&world, &ming, id, FIRST).await;
    let text = FIRST.replace("2023", "2024").replace("宜提前", "应提前");
    let version = upcoming(&world, id, &text, 10).await;
    let course = made(&world, version).await.course;
    let blocks = blocks(&world, course).await;
    let day = written::in_days(&world, 10).await.format("%Y年%-m月%-d日");
    assert_eq!(
        texts(&blocks),
        [
            &format!(
                "示例/T 1—2024 {day}起实施，“应”的条款改了 1 条。其中 1 条原来可以不照做，现在是必须。"
            ),
            "# 第 1.2 条",
            "<strong>原来是建议，现在是必须</strong>。",
            "原来 | 现在\n宜提前半小时到岗。 | 应提前半小时到岗。",
            "现在：<strong>应</strong>提前半小时到岗。",
        ]
    );
    let quiz = quiz_of(&world, course).await;
    assert_eq!(
        quiz.questions[0].explanation,
        "原来：宜提前半小时到岗。\n现在：应提前半小时到岗。\n原来是建议，现在是必须。"
    );
});

scene!(what_was_only_informative_and_has_to_be_done_now_is_not_new, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let proposal = uploaded(&world, &ming, id, FIRST).await;
    let (version, revision) = (proposal.id, proposal.revision);
    let informative = clause(&ming, version, "2.1").await;
    let edit = ClauseEdit::Write {
        clause: informative.id,
        kind: informative.kind,
        depth: informative.depth,
        number: informative.number,
        title: informative.title,
        text: informative.text,
        force: ClauseForce::Informative,
    };
    ming.call(EditProposal { version, revision, edit }).await.unwrap();
    let stage = VersionStage::Current;
    let revision = ming.call(ShowVersion { version }).await.unwrap().revision;
    let confirm = ConfirmVersion { version, revision, stage, details: None };
    ming.call(confirm).await.unwrap();
    work_off(&world).await;
    let version = upcoming(&world, id, &FIRST.replace("2023", "2024"), 10).await;
    let course = made(&world, version).await.course;
    let blocks = blocks(&world, course).await;
    let said = "原来不是要求，现在是必须\n登高作业应由两人进行。";
    assert_eq!(texts(&blocks)[1..], ["# 第 2.1 条", said]);
});
