//! 标准仓: from a file to clauses that are taught, examined and found.
#![expect(clippy::unwrap_used, reason = "a scene that does not go as told ends there")]

#[macro_use]
mod scene;
#[path = "study/phone.rs"]
#[expect(dead_code, reason = "it can do more than open a page")]
mod phone;
mod written;

#[path = "standards/affected.rs"]
mod affected;
#[path = "standards/demanding.rs"]
mod demanding;
#[path = "standards/difference.rs"]
mod difference;
#[path = "standards/documents.rs"]
mod documents;
#[path = "standards/importing.rs"]
mod importing;
#[path = "standards/items.rs"]
mod items;
#[path = "standards/linking.rs"]
mod linking;
#[path = "standards/live.rs"]
mod live;
#[path = "standards/pictures.rs"]
mod pictures;
#[path = "standards/places.rs"]
mod places;
#[path = "standards/proposing.rs"]
mod proposing;
#[path = "standards/quoting.rs"]
mod quoting;
#[path = "standards/reading.rs"]
mod reading;
#[path = "standards/removing.rs"]
mod removing;
#[path = "standards/returning.rs"]
mod returning;
#[path = "standards/reviewing.rs"]
mod reviewing;
#[path = "standards/revising.rs"]
mod revising;
#[path = "standards/searching.rs"]
mod searching;
#[path = "standards/team.rs"]
mod team;
#[path = "standards/withdrawing.rs"]
mod withdrawing;

use backend::{jobs, standards};
use scene::{Person, World};
use shared::{
    courses::{CourseId, LessonId},
    standards::{console::*, *},
};
use uuid::Uuid;

const FIRST: &str = "示例/T 1—2023\n1 范围\n1.1 应检查会议室的设备。\n1.2 宜提前半小时到岗。\n\
    2 安全\n2.1 登高作业应由两人进行。\n2.2 不应使用湿布擦拭插座。\n";
/// 1.1 moved and stayed the same, 2.1 changed, 2.2 is gone, 1.1 is new.
const SECOND: &str = "示例/T 1—2024\n1 范围\n1.1 服务人员应佩戴工牌。\n1.2 应检查会议室的设备。\n\
    1.3 宜提前半小时到岗。\n2 安全\n2.1 登高作业应由三人进行。\n";

async fn standard(ming: &Person<'_>) -> StandardId {
    let details = StandardDetails {
        number: "示例/T 1".into(),
        title: "会议服务规范（示例）".into(),
        level: StandardLevel::Internal,
        organization: "示例编写组".into(),
    };
    ming.call(AddStandard { details }).await.unwrap().id
}

async fn work_off(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
}

async fn uploaded(world: &World, ming: &Person<'_>, id: StandardId, text: &str) -> StandardVersion {
    let target = format!("/api/console/standards/{id}/versions");
    let (status, version) = ming.upload(&target, "标准.md", text.as_bytes()).await;
    assert_eq!(status, 200, "{version}");
    work_off(world).await;
    let version = version["id"].as_str().unwrap().parse().unwrap();
    ming.call(ShowVersion { version }).await.unwrap()
}

async fn in_force(
    world: &World,
    ming: &Person<'_>,
    id: StandardId,
    text: &str,
) -> StandardVersionId {
    let version = uploaded(world, ming, id, text).await;
    let confirm = ConfirmVersion {
        version: version.id,
        revision: version.revision,
        stage: VersionStage::Current,
        details: None,
    };
    ming.call(confirm).await.unwrap();
    work_off(world).await;
    version.id
}

async fn clauses(ming: &Person<'_>, version: StandardVersionId) -> Vec<ClauseRow> {
    ming.call(ListClauses { version, skip: None }).await.unwrap().items
}

async fn clause(ming: &Person<'_>, version: StandardVersionId, number: &str) -> ClauseRow {
    let all = clauses(ming, version).await;
    all.into_iter().find(|it| it.number == number).unwrap()
}

/// A published course of an article and three cards.
async fn course(world: &World) -> (CourseId, Vec<LessonId>) {
    let details = written::details(world, "会议室保洁");
    written::published(world, details, written::two_lessons()).await
}

fn linking(clause: ClauseId, lesson: LessonId) -> LinkClause {
    LinkClause {
        clause,
        target: LinkTarget::Lesson { lesson },
        kind: LinkKind::Taught,
        coverage: LinkCoverage::Whole,
        dated: false,
        note: String::new(),
    }
}

/// A link that two officers agreed on.
async fn valid(world: &World, request: LinkClause) -> ClauseLinkId {
    let (ming, hui) = (world.person("zhengming").await, world.person("fanghui").await);
    let link = ming.call(request).await.unwrap().id;
    ming.call(SubmitClauseLink { link }).await.unwrap();
    let reviewed =
        hui.call(ReviewClauseLink { link, approve: true, reason: String::new() }).await.unwrap();
    assert_eq!(reviewed.state, LinkState::Valid);
    link
}

async fn link(world: &World, id: ClauseLinkId) -> ClauseLink {
    let all = world.person("zhengming").await.call(ListClauseLinks::default()).await.unwrap();
    all.items.into_iter().find(|it| it.id == id).unwrap()
}
