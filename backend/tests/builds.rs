//! 课程建设: stages, artefacts, what comes before a course, and the progress that follows from it.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
mod written;

use scene::{Person, World};
use shared::{
    api::Endpoint,
    authoring::{CourseDetails, CreateCourse, ShowCourseDraft},
    builds::*,
    courses::{CourseCategory, CourseId, CourseLevel, CourseStatus, ShowCourse},
    learning::ReportProgress,
    notifications::ListInbox,
    problem::Code,
    revisions::{PublishCourse, RetireCourse, SubmitRevision},
};
use uuid::Uuid;
use written::{details, drafted, publish, published, two_lessons};

async fn refused<E: Endpoint>(person: &Person<'_>, request: E) -> (Code, String)
where
    E::Response: std::fmt::Debug,
{
    let problem = person.call(request).await.unwrap_err();
    let fields: Vec<_> = problem.fields.iter().map(|it| it.field.clone()).collect();
    (problem.code, fields.join(" "))
}

async fn planned(world: &World, title: &str) -> CourseId {
    let officer = world.person("zhengming").await;
    officer.call(CreateCourse { details: details(world, title) }).await.unwrap().id
}

const fn build(course: CourseId, stage: BuildStage) -> SaveBuild {
    SaveBuild { course, stage: Some(stage), owner: None, prerequisites: Vec::new() }
}

fn artefact(course: CourseId, slot: ArtefactSlot, state: ArtefactState) -> SaveArtefact {
    let link = "https://example.org/biaozhun.pdf".to_owned();
    SaveArtefact { course, slot, state, link, file: None, reason: String::new() }
}

/// One sends it for approval, another approves it.
async fn approve(world: &World, course: CourseId, slot: ArtefactSlot) {
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    officer.call(artefact(course, slot, ArtefactState::Submitted)).await.unwrap();
    colleague.call(artefact(course, slot, ArtefactState::Approved)).await.unwrap();
}

scene!(progress_counts_approved_artefacts_to_the_row, |world| async move {
    let officer = world.person("zhengming").await;
    let empty = officer.call(ShowBuildBoard::default()).await.unwrap();
    assert_eq!((empty.planned, empty.approved, empty.permille()), (0, 0, 0));
    let (one, two) = (planned(&world, "一").await, planned(&world, "二").await);
    let (retired, _) = drafted(&world, details(&world, "停用的"), two_lessons()).await;
    publish(&world, retired).await;
    approve(&world, retired, ArtefactSlot::Material).await;
    for slot in ArtefactSlot::ALL {
        approve(&world, one, *slot).await;
    }
    approve(&world, two, ArtefactSlot::Syllabus).await;
    officer.call(RetireCourse { course: retired }).await.unwrap();
    let board = officer.call(ShowBuildBoard::default()).await.unwrap();
    assert_eq!((board.planned, board.approved, board.permille()), (2, 4, 666));
    let list = officer.call(ListBuilds::default()).await.unwrap();
    let rows = list.items.iter().filter(|it| it.stage != BuildStage::Retired);
    assert_eq!(rows.map(CourseBuild::approved).sum::<usize>(), 4, "reproducible to the row");
});

/// What the wall says of each cell, counted from the rows of all pages.
fn counted(rows: &[CourseBuild]) -> Vec<(CourseLevel, CourseCategory, [u32; 3])> {
    let mut cells = Vec::new();
    for (level, category) in
        CourseLevel::ALL.iter().flat_map(|it| CourseCategory::ALL.iter().map(|other| (*it, *other)))
    {
        let mut counts = [0; 3];
        for row in rows.iter().filter(|it| it.level == level && it.category == category) {
            match row.status {
                CourseStatus::Draft if row.is_only_planned() => counts[0] += 1,
                CourseStatus::Draft => counts[1] += 1,
                CourseStatus::Published => counts[2] += 1,
                CourseStatus::Retired => {}
            }
        }
        cells.push((level, category, counts));
    }
    cells
}

scene!(the_wall_counts_all_courses_and_the_rows_come_in_pages, |world| async move {
    let officer = world.person("zhengming").await;
    let theory = |title: &str| CourseDetails {
        level: CourseLevel::Decision,
        category: CourseCategory::Theory,
        ..details(&world, title)
    };
    for number in 0..51 {
        planned(&world, &format!("计划 {number}")).await;
    }
    let ready = drafted(&world, theory("写好了"), two_lessons()).await.0;
    let (said, begun) = (planned(&world, "有大纲").await, planned(&world, "有课件").await);
    officer.call(build(said, BuildStage::Syllabus)).await.unwrap();
    officer.call(artefact(begun, ArtefactSlot::Material, ArtefactState::Writing)).await.unwrap();
    let again = drafted(&world, details(&world, "又是立项"), two_lessons()).await.0;
    officer.call(build(again, BuildStage::Proposed)).await.unwrap();
    let sent = drafted(&world, details(&world, "送审"), two_lessons()).await.0;
    officer.call(build(sent, BuildStage::Proposed)).await.unwrap();
    officer.call(SubmitRevision { course: sent, note: String::new() }).await.unwrap();
    published(&world, details(&world, "在用"), two_lessons()).await;
    let (old, _) = published(&world, details(&world, "停用"), two_lessons()).await;
    officer.call(RetireCourse { course: old }).await.unwrap();

    let (mut rows, mut sizes, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let page = officer.call(ListBuilds { cursor, ..ListBuilds::default() }).await.unwrap();
        assert_eq!(page.total, 58);
        sizes.push(page.items.len());
        rows.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [50, 8]);
    assert_eq!(rows[0].course, ready, "cell by cell");
    assert_eq!((&*rows[1].title, &*rows[51].title), ("计划 0", "计划 50"), "the oldest first");
    let board = officer.call(ShowBuildBoard::default()).await.unwrap();
    let cells = board.cells.iter();
    let cells: Vec<_> =
        cells.map(|it| (it.level, it.category, [it.planned, it.building, it.live])).collect();
    assert_eq!((cells.len(), &cells), (12, &counted(&rows)));
    assert_eq!(cells[0].2, [0, 1, 0]);
    let skills = board.cells.iter().find(|it| it.planned > 0).unwrap();
    assert_eq!((skills.planned, skills.building, skills.live), (52, 3, 1));
    assert_eq!((skills.named.len(), &*skills.named[0].title), (24, "计划 0"));
    assert!(skills.named[0].only_planned);

    let words = Some("有".to_owned());
    let some = officer.call(ListBuilds { words, ..ListBuilds::default() }).await.unwrap();
    let names: Vec<_> = some.items.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(names, ["有大纲", "有课件"]);
});

scene!(an_artefact_is_approved_as_it_was_sent_and_by_somebody_else, |world| async move {
    let course = planned(&world, "一").await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let slot = ArtefactSlot::StandardText;
    let of = |state| artefact(course, slot, state);
    let invalid = |field: &str| (Code::InvalidRequest, field.to_owned());
    assert_eq!(refused(&colleague, of(ArtefactState::Approved)).await, invalid("state"));
    let bare = SaveArtefact { link: String::new(), ..of(ArtefactState::Submitted) };
    assert_eq!(refused(&officer, bare).await, invalid("link"));
    let wild = SaveArtefact { link: "javascript:alert(1)".into(), ..of(ArtefactState::Writing) };
    assert_eq!(refused(&officer, wild).await, invalid("link"));
    let file = Some(shared::content::MediaId(Uuid::now_v7()));
    let lost = SaveArtefact { file, ..of(ArtefactState::Writing) };
    assert_eq!(refused(&officer, lost).await, invalid("file"));
    officer.call(of(ArtefactState::Submitted)).await.unwrap();
    assert_eq!(refused(&officer, of(ArtefactState::Approved)).await.0, Code::SecondPersonNeeded);
    let other = "https://example.org/other.pdf".to_owned();
    let swapped = SaveArtefact { link: other, ..of(ArtefactState::Approved) };
    assert_eq!(refused(&colleague, swapped).await, invalid("state"));
    colleague.call(of(ArtefactState::Submitted)).await.unwrap();
    let own = refused(&officer, of(ArtefactState::Approved)).await.0;
    assert_eq!(own, Code::SecondPersonNeeded, "saving it as it was is not sending it");
    let shown = colleague.call(of(ArtefactState::Approved)).await.unwrap();
    assert_eq!((shown.approved(), shown.artefacts[0].state), (1, ArtefactState::Approved));
});

scene!(the_first_stages_are_set_and_the_others_follow_the_revisions, |world| async move {
    let (course, _) = drafted(&world, details(&world, "一"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let stage = async || officer.call(ShowBuild { course }).await.unwrap().stage;
    assert_eq!(stage().await, BuildStage::Writing, "its lessons are ready");
    officer.call(build(course, BuildStage::Trial)).await.unwrap();
    assert_eq!(stage().await, BuildStage::Trial);
    for later in BuildStage::ALL.iter().filter(|it| !it.is_set_by_hand()) {
        assert_eq!(refused(&officer, build(course, *later)).await.1, "stage", "{later:?}");
    }
    let note = String::new();
    let revision = officer.call(SubmitRevision { course, note }).await.unwrap().id;
    assert_eq!(stage().await, BuildStage::Review);
    let reason = "再改".to_owned();
    officer.call(shared::revisions::ReturnRevision { revision, reason }).await.unwrap();
    assert_eq!(stage().await, BuildStage::Trial);
    officer.call(SaveBuild { stage: None, ..build(course, BuildStage::Trial) }).await.unwrap();
    assert_eq!(stage().await, BuildStage::Trial, "as it was");
    publish(&world, course).await;
    assert_eq!(stage().await, BuildStage::Published);
    let version = officer.call(ShowCourseDraft { course }).await.unwrap().version;
    let details = details(&world, "改");
    officer.call(shared::authoring::SaveCourseDetails { course, version, details }).await.unwrap();
    assert_eq!(stage().await, BuildStage::Revising);
    officer.call(RetireCourse { course }).await.unwrap();
    assert_eq!(stage().await, BuildStage::Retired);
    officer.call(PublishCourse::now(course)).await.unwrap();
});

scene!(whoever_names_an_owner_says_nothing_of_the_stage, |world| async move {
    let (course, _) = drafted(&world, details(&world, "一"), two_lessons()).await;
    let officer = world.person("zhengming").await;
    let note = String::new();
    let revision = officer.call(SubmitRevision { course, note }).await.unwrap().id;
    let owner = Some(world.cast.id("wufang"));
    let save = SaveBuild { owner, stage: None, ..build(course, BuildStage::Trial) };
    assert_eq!(officer.call(save).await.unwrap().stage, BuildStage::Review);
    let reason = "再改".to_owned();
    officer.call(shared::revisions::ReturnRevision { revision, reason }).await.unwrap();
    let stage = officer.call(ShowBuild { course }).await.unwrap().stage;
    assert_eq!(stage, BuildStage::Writing, "it is written");
});

scene!(a_course_has_an_owner_and_what_comes_before_it, |world| async move {
    let officer = world.person("zhengming").await;
    let (one, two) = (planned(&world, "一").await, planned(&world, "二").await);
    let owner = Some(world.cast.id("wufang"));
    let save =
        SaveBuild { owner, prerequisites: vec![two, two], ..build(one, BuildStage::Syllabus) };
    let shown = officer.call(save).await.unwrap();
    assert_eq!(shown.owner.unwrap().name, "吴芳");
    let needs: Vec<_> = shown.prerequisites.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(needs, ["二"]);
    for (course, needs) in [(two, one), (one, one), (one, CourseId(Uuid::now_v7()))] {
        let prerequisites = vec![needs];
        let save = SaveBuild { prerequisites, ..build(course, BuildStage::Proposed) };
        assert_eq!(refused(&officer, save).await.1, "prerequisites");
    }
    let owner = Some(shared::accounts::PersonId(Uuid::now_v7()));
    let save = SaveBuild { owner, ..build(one, BuildStage::Proposed) };
    assert_eq!(refused(&officer, save).await.1, "owner");
});

scene!(what_was_chosen_earlier_may_stay, |world| async move {
    let officer = world.person("zhengming").await;
    let (one, two) = (planned(&world, "一").await, planned(&world, "二").await);
    let (owner, prerequisites) = (Some(world.cast.id("wufang")), vec![two]);
    let save = || SaveBuild {
        owner,
        prerequisites: prerequisites.clone(),
        ..build(one, BuildStage::Syllabus)
    };
    officer.call(save()).await.unwrap();
    let of = |name: &str| format!("(SELECT organization_id FROM people WHERE name = '{name}')");
    let (first, second) = (of("王秀英"), of("李建国"));
    for statement in [
        format!("UPDATE people SET organization_id = {second} WHERE name = '吴芳'"),
        format!("UPDATE courses SET organization_id = {first} WHERE title = '一'"),
        format!(
            "UPDATE role_grants SET scope = 'organization', scope_id = {first}
             WHERE person_id = (SELECT id FROM people WHERE name = '郑明')"
        ),
    ] {
        world.sql(&statement).await;
    }
    let officer = world.person("zhengming").await;
    let other = SaveBuild { owner: Some(world.cast.id("lijianguo")), ..save() };
    assert_eq!(refused(&officer, other).await.1, "owner", "who is out of reach");
    let shown = officer.call(save()).await.unwrap();
    assert_eq!((shown.owner.is_some(), shown.prerequisites.len()), (true, 1));
});

scene!(a_learner_is_told_what_comes_first_until_it_is_done, |world| async move {
    let officer = world.person("zhengming").await;
    let (first, lessons) = published(&world, details(&world, "先学的"), two_lessons()).await;
    let (course, own) = published(&world, details(&world, "后学的"), two_lessons()).await;
    let (retired, _) = published(&world, details(&world, "停用的"), two_lessons()).await;
    officer.call(RetireCourse { course: retired }).await.unwrap();
    let draft = planned(&world, "还没有写的").await;
    let wang = world.person("wangxiuying").await;
    let finish = async |lesson| {
        let (position, watched) = (100, Vec::new());
        let report = ReportProgress { lesson, position, watched, reached_end: true, ago: 0 };
        wang.call(report).await.unwrap();
    };
    finish(own[0]).await;
    let prerequisites = vec![first, draft, retired];
    let save = SaveBuild { stage: None, prerequisites, ..build(course, BuildStage::Trial) };
    officer.call(save).await.unwrap();
    let shown = async || {
        let shown = wang.call(ShowCourse { course }).await.unwrap();
        let titles: Vec<_> = shown.comes_first.into_iter().map(|it| it.title).collect();
        (titles.join(" "), shown.card.progress.finished)
    };
    assert_eq!(shown().await, ("先学的".to_owned(), 1), "and nothing is lost");
    assert!(wang.call(ShowCourse { course: first }).await.unwrap().comes_first.is_empty());
    for lesson in lessons {
        finish(lesson).await;
    }
    assert_eq!(shown().await, (String::new(), 1));
    world.sql("DELETE FROM lesson_progress").await;
    finish(own[0]).await;
    finish(own[1]).await;
    assert_eq!(shown().await, (String::new(), 2), "whoever is through needs no advice");
});

scene!(learners_and_instructors_see_no_build, |world| async move {
    let course = planned(&world, "一").await;
    for key in ["wangxiuying", "liuqiang", "wufang"] {
        let person = world.person(key).await;
        for (code, _) in [
            refused(&person, ListBuilds::default()).await,
            refused(&person, ShowBuildBoard::default()).await,
            refused(&person, ShowBuild { course }).await,
            refused(&person, build(course, BuildStage::Trial)).await,
            refused(&person, artefact(course, ArtefactSlot::Material, ArtefactState::Writing))
                .await,
        ] {
            assert_eq!(code, Code::NotAllowed, "{key}");
        }
    }
});

scene!(what_a_colleague_sent_is_given_back_with_a_reason_that_reaches_them, |world| async move {
    let course = planned(&world, "会议室保洁").await;
    let (officer, colleague) = (world.person("zhengming").await, world.person("fanghui").await);
    let slot = ArtefactSlot::StandardText;
    let of = |state| artefact(course, slot, state);
    officer.call(of(ArtefactState::Submitted)).await.unwrap();
    let (code, field) = refused(&colleague, of(ArtefactState::Writing)).await;
    assert_eq!((code, &*field), (Code::InvalidRequest, "reason"));
    let back = SaveArtefact { reason: "缺第 6 章".into(), ..of(ArtefactState::Writing) };
    let shown = colleague.call(back).await.unwrap();
    assert_eq!(&*shown.artefacts[0].reason, "缺第 6 章");
    let told = officer.call(ListInbox::default()).await.unwrap().items;
    let told: Vec<_> = told.iter().map(|it| (&*it.title, it.body.contains("缺第 6 章"))).collect();
    assert_eq!(told, [("标准文本退回了：会议室保洁", true)]);
    let shown = officer.call(of(ArtefactState::Submitted)).await.unwrap();
    assert!(shown.artefacts[0].reason.is_empty(), "it was sent again");
    officer.call(of(ArtefactState::Writing)).await.unwrap();
    let shown = officer.call(ShowBuild { course }).await.unwrap();
    assert!(shown.artefacts[0].reason.is_empty(), "one takes back one's own without a word");
});

scene!(the_printed_sheet_names_every_course_of_a_cell, |world| async move {
    let officer = world.person("zhengming").await;
    for number in 0..30 {
        planned(&world, &format!("计划 {number}")).await;
    }
    let named = async |whole| {
        let board = officer.call(ShowBuildBoard { whole }).await.unwrap();
        board.cells.iter().map(|it| it.named.len()).sum::<usize>()
    };
    assert_eq!((named(None).await, named(Some(true)).await), (24, 30));
});

scene!(courses_that_do_without_a_light_are_found, |world| async move {
    let officer = world.person("zhengming").await;
    planned(&world, "没有豁免").await;
    let (course, _) = drafted(&world, details(&world, "有豁免"), two_lessons()).await;
    let found = async |waived| {
        let asked = ListBuilds { waived, ..ListBuilds::default() };
        let rows = officer.call(asked).await.unwrap().items;
        rows.into_iter().map(|it| (it.title, it.waived_until)).collect::<Vec<_>>()
    };
    let until = written::in_days(&world, 300).await;
    assert_eq!(found(Some(true)).await, [("有豁免".to_owned(), Some(until))]);
    assert_eq!(found(Some(false)).await, [("没有豁免".to_owned(), None)]);
    world.sql("UPDATE gate_waivers SET expires_on = '2020-01-01'").await;
    assert_eq!(found(Some(true)).await, []);
    assert_eq!(officer.call(ShowBuild { course }).await.unwrap().waived_until, None);
});
