//! 条文引用: a text that quotes a clause which its lesson is linked to.

use shared::{
    authoring::{LessonDraft, SaveLesson, ShowCourseDraft, ShowLessonDraft},
    content::{Block, LessonContent},
    courses::{Lesson, ShowLesson},
    problem::Code,
    revisions::{CompareRevisions, ListRevisions, RestoreRevision, ShowRevision},
};

use super::*;

/// Brings a block that quotes a clause below what is written, with words that somebody made up.
async fn quote(by: &Person<'_>, lesson: LessonId, link: ClauseLinkId) -> LessonDraft {
    let draft = by.call(ShowLessonDraft { lesson }).await.unwrap();
    let LessonDraft { version, title, minutes, content, .. } = draft;
    let LessonContent::Article { mut blocks } = content else { panic!("an article") };
    let made_up = ClauseQuote {
        standard: "没有的标准".into(),
        number: "9".into(),
        text: "想怎么写就怎么写".into(),
        mark: String::new(),
    };
    blocks.push(Block::Clause { link, quote: Some(made_up) });
    let content = LessonContent::Article { blocks };
    let save = SaveLesson { lesson, version, title, minutes, position: None, content };
    by.call(save).await.unwrap()
}

/// What the last block says, with its mark.
fn said(content: &LessonContent) -> Option<(String, String)> {
    let LessonContent::Article { blocks } = content else { panic!("an article") };
    let Some(Block::Clause { quote, .. }) = blocks.last() else { panic!("a clause") };
    let it = quote.as_ref()?;
    Some((format!("{} {} {}", it.standard, it.number, it.text), it.mark.clone()))
}

fn words(text: &str, mark: &str) -> (String, String) {
    (text.into(), mark.into())
}

/// What keeps the course from being submitted because of what it quotes.
async fn missing(by: &Person<'_>, course: CourseId) -> Vec<(String, String)> {
    let missing = by.call(ShowCourseDraft { course }).await.unwrap().missing;
    let quotes = missing.into_iter().filter(|it| it.text.contains("引用的条文"));
    quotes.map(|it| (it.text, it.mend_at)).collect()
}

async fn read(by: &Person<'_>, lesson: LessonId) -> Lesson {
    by.call(ShowLesson { lesson }).await.unwrap()
}

async fn drafted(world: &World) -> (CourseId, Vec<LessonId>) {
    let details = written::details(world, "会议室保洁");
    written::drafted(world, details, written::two_lessons()).await
}

const TWO: &str = "示例/T 1—2023 2.1 登高作业应由两人进行。";

scene!(a_quotation_says_what_the_standard_says_as_long_as_the_link_is_there, |world| async move {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (course, lessons) = drafted(&world).await;
    let link = ming.call(linking(clause.id, lessons[0])).await.unwrap().id;
    let saved = quote(&ming, lessons[0], link).await;
    assert_eq!(said(&saved.content), Some(words(TWO, "")), "nobody writes what a standard says");
    let place = format!("/admin/courses/{course}/lessons/{}", lessons[0]);
    let text = "“第一章”的课时“分色抹布”第 2 块引用的条文不在这一课的“依据”里，或者还没有复核通过";
    assert_eq!(missing(&ming, course).await, [(text.to_owned(), place)]);
    ming.call(SubmitClauseLink { link }).await.unwrap();
    hui.call(ReviewClauseLink { link, approve: true, reason: String::new() }).await.unwrap();
    assert_eq!(missing(&ming, course).await, []);
    written::publish(&world, course).await;

    let wang = world.person("wangxiuying").await;
    let lesson = read(&wang, lessons[0]).await;
    assert_eq!(said(&lesson.content), Some(words(TWO, "")));
    assert_eq!(lesson.clauses[0].link, link, "its page comes with a downloaded course");
    let revisions = ming.call(ListRevisions { course }).await.unwrap();
    let revision = revisions.revisions[0].id;
    let frozen = ming.call(ShowRevision { revision }).await.unwrap().content;
    assert_eq!(said(&frozen.chapters[0].lessons[0].content), Some(words(TWO, "")));

    in_force(&world, &ming, id, SECOND).await;
    let lesson = read(&wang, lessons[0]).await;
    assert_eq!(
        said(&lesson.content),
        Some(words(TWO, "此条已有新版")),
        "what the course was written from"
    );
    ming.call(EndClauseLink { link }).await.unwrap();
    assert_eq!(said(&read(&wang, lessons[0]).await.content), None);
    let draft = ming.call(ShowLessonDraft { lesson: lessons[0] }).await.unwrap();
    assert_eq!(said(&draft.content), None, "no word of it was kept");
    assert_eq!(missing(&ming, course).await.len(), 1);
});

scene!(a_lesson_quotes_nothing_that_another_one_rests_on, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (course, lessons) = drafted(&world).await;
    let others = valid(&world, linking(clause.id, lessons[1])).await;
    let saved = quote(&ming, lessons[0], others).await;
    assert_eq!(said(&saved.content), None);
    assert_eq!(missing(&ming, course).await.len(), 1);
    let nobodys = ClauseLinkId(Uuid::now_v7());
    let saved = quote(&ming, lessons[0], nobodys).await;
    assert_eq!(said(&saved.content), None);
    assert_eq!(missing(&ming, course).await.len(), 2);
});

scene!(a_comparison_calls_a_quoted_clause_by_its_name, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (course, lessons) = course(&world).await;
    let link = valid(&world, linking(clause.id, lessons[0])).await;
    quote(&ming, lessons[0], link).await;
    let compare = CompareRevisions { course, before: None, after: None };
    let changes = ming.call(compare).await.unwrap().changes;
    let told = format!("{changes:?}");
    assert!(told.contains("条文引用：示例/T 1—2023 2.1"), "{told}");
    assert!(!told.contains("两人进行"), "nobody wrote that here: {told}");
});

scene!(a_clause_that_nobody_reviewed_is_not_seen_when_it_goes_stale, |world| async move {
    let (ming, wang) = (world.person("zhengming").await, world.person("wangxiuying").await);
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let (course, lessons) = course(&world).await;
    let reviewed = clause(&ming, version, "1.2").await.id;
    let reviewed = valid(&world, linking(reviewed, lessons[0])).await;
    let unreviewed = clause(&ming, version, "2.1").await.id;
    let unreviewed = ming.call(linking(unreviewed, lessons[0])).await.unwrap().id;
    quote(&ming, lessons[0], unreviewed).await;
    in_force(&world, &ming, id, SECOND).await;
    for id in [reviewed, unreviewed] {
        assert_eq!(link(&world, id).await.state, LinkState::Stale);
    }
    let seen: Vec<_> = read(&wang, lessons[0]).await.clauses.iter().map(|it| it.link).collect();
    assert_eq!(seen, [reviewed]);
    let refused = wang.call(ShowCitedClause { link: unreviewed }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert!(wang.call(ShowCitedClause { link: reviewed }).await.unwrap().stale);
    assert_eq!(missing(&ming, course).await.len(), 1, "it is quoted and would not be seen");
});

scene!(a_revision_that_quotes_what_nobody_would_see_does_not_go_live, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(&world, &ming, id, FIRST).await;
    let clause = clause(&ming, version, "2.1").await;
    let (course, lessons) = drafted(&world).await;
    let link = valid(&world, linking(clause.id, lessons[0])).await;
    let LessonDraft { version, title, minutes, content, .. } = quote(&ming, lessons[0], link).await;
    written::publish(&world, course).await;
    let LessonContent::Article { mut blocks } = content else { panic!("an article") };
    blocks.pop();
    let content = LessonContent::Article { blocks };
    let save = SaveLesson { lesson: lessons[0], version, title, minutes, position: None, content };
    ming.call(save).await.unwrap();
    written::publish(&world, course).await;
    ming.call(EndClauseLink { link }).await.unwrap();
    let all = ming.call(ListRevisions { course }).await.unwrap().revisions;
    let revision = all.iter().find(|it| it.number == 1).unwrap().id;
    let restore = RestoreRevision { revision, reason: "先回到第一版".into(), learners: None };
    let refused = ming.call(restore).await.unwrap_err();
    assert_eq!(refused.code, Code::CourseIncomplete);
    assert_eq!(refused.fields.len(), 1, "{:?}", refused.fields);
    let it = &refused.fields[0];
    assert_eq!(it.field, "chapters[0].lessons[0]");
    for said in ["课时“分色抹布”第 2 块引用的条文", "重新加依据并复核", "先去掉这处引用"]
    {
        assert!(it.message.contains(said), "{}", it.message);
    }
});
