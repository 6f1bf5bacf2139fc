//! 差异微课: what a new version says otherwise, made into a draft.

use shared::{
    authoring::{
        AssignCourse, QuizDraft, RemoveCourse, ShowCourseDraft, ShowLessonDraft, ShowQuizDraft,
    },
    content::{Block, LessonContent},
    courses::{CourseCategory, CourseStatus, ListCourses},
    problem::Code,
    quizzes::QuestionKind,
    revisions::{RetireCourse, RevisionState, SubmitRevision},
};

use super::*;

/// A course that rests on 1.1, 2.1 and 2.2 of the version in force, which 王秀英 and 刘强 have to learn;
/// and the version that will come into force in so many days.
pub async fn renewed(world: &World, days: u64) -> (CourseId, StandardVersionId) {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let version = in_force(world, &ming, id, FIRST).await;
    let (course, lessons) = course(world).await;
    for number in ["1.1", "2.1", "2.2"] {
        let clause = clause(&ming, version, number).await.id;
        valid(world, linking(clause, lessons[0])).await;
    }
    give(world, course, &["wangxiuying", "liuqiang"]).await;
    (course, upcoming(world, id, SECOND, days).await)
}

/// Has these people learn a course.
pub async fn give(world: &World, course: CourseId, people: &[&str]) {
    let request = AssignCourse {
        course,
        posts: vec![],
        organizations: vec![],
        teams: vec![],
        people: people.iter().map(|it| world.cast.id(it)).collect(),
        due_on: written::in_days(world, 7).await,
    };
    world.person("zhengming").await.call(request).await.unwrap();
}

/// The next version, which is to come into force in so many days.
pub async fn upcoming(world: &World, id: StandardId, text: &str, days: u64) -> StandardVersionId {
    let ming = world.person("zhengming").await;
    let proposal = uploaded(world, &ming, id, text).await;
    let effective_on = Some(written::in_days(world, days).await);
    let confirm = ConfirmVersion {
        version: proposal.id,
        revision: proposal.revision,
        stage: VersionStage::Upcoming,
        details: Some(VersionDetails { effective_on, ..proposal.details }),
    };
    ming.call(confirm).await.unwrap();
    proposal.id
}

pub async fn made(world: &World, version: StandardVersionId) -> DifferenceCourse {
    world.person("zhengming").await.call(MakeDifferenceCourse { version }).await.unwrap()
}

async fn refused(world: &World, version: StandardVersionId) -> String {
    let ming = world.person("zhengming").await;
    let problem = ming.call(MakeDifferenceCourse { version }).await.unwrap_err();
    assert_eq!(problem.code, Code::VersionUnready);
    problem.detail.unwrap()
}

pub async fn impact(world: &World, version: StandardVersionId) -> Impact {
    world.person("zhengming").await.call(ShowImpact { version }).await.unwrap()
}

pub async fn quiz_of(world: &World, course: CourseId) -> QuizDraft {
    world.person("zhengming").await.call(ShowQuizDraft { course }).await.unwrap()
}

/// What a lesson says, block by block.
pub fn texts(blocks: &[Block]) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Heading { text } => format!("# {text}"),
        Block::Paragraph { html } => html.clone(),
        Block::Table { rows } => {
            rows.iter().map(|it| it.join(" | ")).collect::<Vec<_>>().join("\n")
        }
        Block::List { items, .. } => items.join("\n"),
        Block::Picture(picture) => format!("[{}]", picture.alt),
        other => panic!("{other:?} has no place here"),
    };
    blocks.iter().map(text).collect()
}

scene!(what_changed_becomes_one_draft_that_goes_the_way_of_every_course, |world| async move {
    let ming = world.person("zhengming").await;
    let (_, version) = renewed(&world, 10).await;
    assert_eq!(impact(&world, version).await.difference, None);
    let course = made(&world, version).await;
    assert_eq!(made(&world, version).await, course, "there is one");
    assert_eq!(course.title, "《会议服务规范（示例）》新版改了什么");
    assert_eq!((course.status, course.review, course.questions), (CourseStatus::Draft, None, 2));
    assert_eq!((course.assigned, course.finished), (0, 0));
    assert_eq!(course.due_on, written::in_days(&world, 9).await, "the day before");
    assert_eq!(impact(&world, version).await.difference.unwrap(), course);

    let draft = ming.call(ShowCourseDraft { course: course.course }).await.unwrap();
    assert_eq!(draft.details.posts, [world.cast.post("卫生保洁")], "of those who are affected");
    assert_eq!(draft.details.category, CourseCategory::ManagementNorms);
    assert_eq!(draft.missing, [], "it can be submitted");
    let lesson = draft.chapters[0].lessons[0].id;
    let lesson = ming.call(ShowLessonDraft { lesson }).await.unwrap();
    assert_eq!((draft.chapters.len(), draft.chapters[0].lessons.len(), lesson.minutes), (1, 1, 1));
    let LessonContent::Article { blocks } = lesson.content else { panic!("an article") };
    let day = written::in_days(&world, 10).await.format("%Y年%-m月%-d日");
    assert_eq!(
        texts(&blocks),
        [
            &format!("示例/T 1—2024 {day}起实施，“应”的条款改了 1 条，新增 1 条，不再要求 1 条。"),
            "# 第 1.1 条",
            "新增\n服务人员应佩戴工牌。",
            "# 第 2.1 条",
            "原来 | 现在\n登高作业应由两人进行。 | 登高作业应由三人进行。",
            "现在：登高作业应由<strong>三</strong>人进行。",
            "# 还有这些也变了",
            "不再要求：第 2.2 条",
        ]
    );
    let wang = world.person("wangxiuying").await;
    let seen = wang.call(ListCourses::default()).await.unwrap().items;
    assert!(seen.iter().all(|it| it.id != course.course), "nothing goes live by itself");
    let submit = SubmitRevision { course: course.course, note: String::new() };
    ming.call(submit).await.unwrap();
    let found = impact(&world, version).await.difference.unwrap();
    assert_eq!(found.review, Some(RevisionState::Submitted));
});

scene!(
    the_right_answer_is_what_is_said_now_and_each_question_rests_on_its_clause,
    |world| async move {
        let ming = world.person("zhengming").await;
        let (_, version) = renewed(&world, 10).await;
        let course = made(&world, version).await.course;
        let quiz = quiz_of(&world, course).await;
        assert_eq!(quiz.settings.pass_mark, 100);
        let kinds: Vec<_> = quiz.questions.iter().map(|it| it.kind).collect();
        assert_eq!(
            kinds,
            [QuestionKind::Single, QuestionKind::TrueFalse],
            "what changed comes first"
        );
        let changed = &quiz.questions[0];
        assert_eq!(changed.stem, "第 2.1 条现在怎么要求？");
        let options: Vec<_> = changed.options.iter().map(|it| (&*it.text, it.correct)).collect();
        assert_eq!(options, [("登高作业应由三人进行。", true), ("登高作业应由两人进行。", false)]);
        let now = clause(&ming, version, "2.1").await;
        assert_eq!(now.text, options[0].0, "as the version says it");
        assert_eq!(
            changed.explanation,
            "原来：登高作业应由两人进行。\n现在：登高作业应由三人进行。"
        );
        let new = &quiz.questions[1];
        assert!(new.stem.contains("服务人员应佩戴工牌。") && new.options[0].correct, "{new:?}");

        let links = ming.call(ListClauseLinks { course: Some(course), ..Default::default() }).await;
        let links = links.unwrap().items;
        assert!(links.iter().all(|it| it.dated && it.version == version), "{links:?}");
        assert!(links.iter().all(|it| it.state == LinkState::Draft && it.author == "郑明"));
        let of = |kind: LinkKind| {
            let of = links.iter().filter(|it| it.kind == kind);
            let mut of: Vec<_> =
                of.map(|it| (it.number.as_str(), it.target_title.as_str())).collect();
            of.sort_unstable();
            of
        };
        let lesson = "原来怎么说，现在怎么说";
        assert_eq!(of(LinkKind::Taught), [("1.1", lesson), ("2.1", lesson)]);
        assert_eq!(of(LinkKind::Examined), [("1.1", &*new.stem), ("2.1", &*changed.stem)]);
    }
);

scene!(there_is_one_until_it_is_removed_or_retired, |world| async move {
    let ming = world.person("zhengming").await;
    let (_, version) = renewed(&world, 10).await;
    let first = made(&world, version).await.course;
    ming.call(RemoveCourse { course: first }).await.unwrap();
    assert_eq!(impact(&world, version).await.difference, None);
    let second = made(&world, version).await.course;
    assert_ne!(first, second);
    written::publish(&world, second).await;
    assert_eq!(made(&world, version).await.status, CourseStatus::Published);
    ming.call(RetireCourse { course: second }).await.unwrap();
    let third = made(&world, version).await;
    assert!(third.course != second && third.status == CourseStatus::Draft);
});

scene!(where_nothing_that_must_be_done_changed_none_is_made_and_it_says_why, |world| async move {
    let ming = world.person("zhengming").await;
    let id = standard(&ming).await;
    let first = in_force(&world, &ming, id, FIRST).await;
    let why = refused(&world, first).await;
    assert!(why.contains("第一个版本"), "{why}");
    let advice = FIRST.replace("2023", "2024").replace("提前半小时", "提前一小时");
    let proposal = uploaded(&world, &ming, id, &advice).await;
    let why = refused(&world, proposal.id).await;
    assert!(why.contains("还没有确认"), "{why}");
    let (version, revision) = (proposal.id, proposal.revision);
    let stage = VersionStage::Consultation;
    ming.call(ConfirmVersion { version, revision, stage, details: None }).await.unwrap();
    let why = refused(&world, version).await;
    assert!(why.contains("征求意见"), "{why}");
    ming.call(SetVersionStage { version, stage: VersionStage::Current }).await.unwrap();
    let why = refused(&world, version).await;
    assert!(why.contains("没有改动"), "{why}");
    let punctuated = advice.replace("2024", "2025").replace("设备。", "设备；");
    let version = in_force(&world, &ming, id, &punctuated).await;
    let why = refused(&world, version).await;
    assert!(why.contains("没有改动"), "a mark is no demand: {why}");
});

scene!(a_draft_of_another_organisation_is_not_seen_and_stands_in_nobodys_way, |world| async move {
    let (_, version) = renewed(&world, 10).await;
    let bureaus = made(&world, version).await.course;
    world.make_near_officer().await;
    let liu = world.person("liuqiang").await;
    let seen = liu.call(ShowImpact { version }).await.unwrap();
    assert_eq!(seen.difference, None);
    assert_eq!(seen.difference_elsewhere.as_deref(), Some("机关事务管理局"));
    let assign = || AssignDifferenceCourse { version, due_on: None };
    let refused = liu.call(assign()).await.unwrap_err();
    assert_eq!(refused.code, Code::VersionUnready);
    let own = liu.call(MakeDifferenceCourse { version }).await.unwrap();
    assert!(own.course != bureaus && own.status == CourseStatus::Draft, "{own:?}");
    let again = liu.call(MakeDifferenceCourse { version }).await.unwrap();
    assert_eq!(again.course, own.course, "one of a kind for each");
    let seen = liu.call(ShowImpact { version }).await.unwrap();
    assert_eq!((seen.difference, seen.difference_elsewhere), (Some(own), None));
    let wang = world.person("wangxiuying").await;
    let refused = wang.call(MakeDifferenceCourse { version }).await.unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    written::publish(&world, bureaus).await;
    let seen = liu.call(MakeDifferenceCourse { version }).await.unwrap();
    assert_eq!((seen.course, seen.status), (bureaus, CourseStatus::Published), "for everybody");
    let given = liu.call(assign()).await.unwrap();
    assert_eq!(given.people, 2, "the own people");
});

scene!(who_was_given_one_of_two_difference_courses_need_not_do_the_other, |world| async move {
    let (_, version) = renewed(&world, 10).await;
    world.make_near_officer().await;
    let liu = world.person("liuqiang").await;
    let own = liu.call(MakeDifferenceCourse { version }).await.unwrap().course;
    world.sql("UPDATE courses SET organization_id = NULL WHERE title LIKE '%新版改了什么'").await;
    let other = liu.call(MakeDifferenceCourse { version }).await.unwrap().course;
    assert_ne!(own, other);
    let assign = || AssignDifferenceCourse { version, due_on: None };
    written::publish(&world, other).await;
    assert_eq!(liu.call(assign()).await.unwrap().people, 2, "the own people");
    written::publish(&world, own).await;
    let seen = liu.call(ShowImpact { version }).await.unwrap().difference.unwrap();
    let people = (seen.assigned, seen.waiting);
    assert_eq!((seen.course, people), (other, (2, 0)), "the one that people were given");
    let given = liu.call(assign()).await.unwrap();
    assert_eq!((given.assignment, given.people, given.already), (None, 0, 2));
});

scene!(
    whose_draft_it_is_is_said_to_other_organisations_until_it_is_published,
    |world| async move {
        let (_, version) = renewed(&world, 10).await;
        world.make_near_officer().await;
        world
            .sql(
                "INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
             SELECT id, id, 'training_officer', 'organization', organization_id, created_at
             FROM people WHERE name = '周涛'",
            )
            .await;
        let (liu, zhou) = (world.person("liuqiang").await, world.person("zhoutao").await);
        let seen = async |who: &Person<'_>| {
            let found = who.call(ShowImpact { version }).await.unwrap();
            (found.difference.map(|it| it.status), found.difference_elsewhere)
        };
        assert_eq!(seen(&zhou).await, (None, None));
        let course = liu.call(MakeDifferenceCourse { version }).await.unwrap().course;
        let whose = Some("和顺物业服务公司（示例）".to_owned());
        assert_eq!(seen(&zhou).await, (None, whose));
        assert_eq!(seen(&liu).await, (Some(CourseStatus::Draft), None), "the own one");
        assert_eq!(seen(&world.person("zhengming").await).await, (Some(CourseStatus::Draft), None));
        written::publish(&world, course).await;
        assert_eq!(seen(&zhou).await, (Some(CourseStatus::Published), None));
    }
);
