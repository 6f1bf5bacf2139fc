//! What officers do about standards, and the record that it leaves.

use backend::jobs;
use shared::{
    authoring::ShowCourseDraft,
    courses::{CourseId, LessonId},
    standards::{console::*, *},
};

use super::*;
use crate::scene::Person;

pub async fn keep_standards(world: &World, course: CourseId) {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let draft = ming.call(ShowCourseDraft { course }).await.unwrap();
    let lesson = draft.chapters[0].lessons[0].id;
    let standard = ming.call(AddStandard { details: standard_details() }).await.unwrap().id;
    let version =
        confirmed(world, &ming, standard, "1 范围\n1.1 应检查设备。\n1.2 应记录。\n").await;
    let clause = ming.call(ListClauses { version, skip: None }).await.unwrap().items[1].id;
    let posts = vec![world.cast.post("卫生保洁")];
    ming.call(SetClausePosts { clause, posts, with_below: false }).await.unwrap();
    let link = link(&ming, clause, lesson).await;
    ming.call(SubmitClauseLink { link }).await.unwrap();
    hui.call(ReviewClauseLink { link, approve: true, reason: String::new() }).await.unwrap();
    let next = confirmed(world, &ming, standard, "1 范围\n1.1 应检查设备。\n1.2 应签字。\n").await;
    ming.call(CarryLinks { version: next }).await.unwrap();
    ming.call(MakeDifferenceCourse { version: next }).await.unwrap();
    world.sql("UPDATE sign_ins SET stepped_up_at = created_at").await;
    let sheet = format!("/api/console/standard-versions/{next}/impact.xlsx");
    ming.outcome("GET", &sheet, None).await.unwrap();
    ming.call(EndClauseLink { link }).await.unwrap();
    let stage = VersionStage::UnderRevision;
    ming.call(SetVersionStage { version: next, stage }).await.unwrap();
    let given_up = uploaded(world, &ming, standard, "1 范围\n").await;
    world.sql("UPDATE standard_versions SET import = 'failed' WHERE confirmed_at IS NULL").await;
    ming.call(ReadVersionAgain { version: given_up }).await.unwrap();
    ming.call(DiscardProposal { version: given_up }).await.unwrap();
    let details = StandardDetails { number: "示例/T 2".into(), ..standard_details() };
    let standard = ming.call(AddStandard { details }).await.unwrap().id;
    ming.call(RemoveStandard { standard }).await.unwrap();
}

fn standard_details() -> StandardDetails {
    StandardDetails {
        number: "示例/T 1".into(),
        title: "检查规范".into(),
        level: StandardLevel::Internal,
        organization: "金丝雀处".into(),
    }
}

async fn link(ming: &Person<'_>, clause: ClauseId, lesson: LessonId) -> ClauseLinkId {
    let link = LinkClause {
        clause,
        target: LinkTarget::Lesson { lesson },
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Whole,
        dated: false,
        note: "金丝雀".into(),
    };
    let made = ming.call(link).await.unwrap();
    let saved = SaveClauseLink {
        link: made.id,
        clause,
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Part,
        dated: false,
        note: String::new(),
    };
    ming.call(saved).await.unwrap().id
}

async fn uploaded(
    world: &World,
    ming: &Person<'_>,
    standard: StandardId,
    text: &str,
) -> StandardVersionId {
    let target = format!("/api/console/standards/{standard}/versions");
    let (status, version) = ming.upload(&target, "金丝雀.txt", text.as_bytes()).await;
    assert_eq!(status, 200, "{version}");
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    version["id"].as_str().unwrap().parse().unwrap()
}

async fn confirmed(
    world: &World,
    ming: &Person<'_>,
    standard: StandardId,
    text: &str,
) -> StandardVersionId {
    let version = uploaded(world, ming, standard, text).await;
    let label = version.to_string().chars().rev().take(6).collect();
    let details = VersionDetails { label, ..VersionDetails::default() };
    ming.call(SaveVersion { version, details }).await.unwrap();
    let last = ming.call(ListClauses { version, skip: None }).await.unwrap();
    let edit = ClauseEdit::Merge { clause: last.items[2].id };
    let edited = ming.call(EditProposal { version, revision: 1, edit }).await.unwrap();
    let revision = edited.revision;
    ming.call(ConfirmVersion { version, revision, stage: VersionStage::Current, details: None })
        .await
        .unwrap();
    version
}
