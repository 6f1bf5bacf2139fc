//! A standard of an organisation: a version in force, one that waits to be confirmed, and links.

use serde_json::{Value, json};
use shared::{accounts::PersonId, courses::LessonId, standards::console::*, standards::*};
use uuid::Uuid;

use super::callers::literal;
use crate::scene::{Person, World};

#[derive(Debug, Clone)]
pub struct Standards {
    standard: Uuid,
    version: Uuid,
    clause: Uuid,
    proposal: Uuid,
    proposed: Uuid,
    /// Of a draft of a course: a draft, and one that waits for a review.
    link: Uuid,
    to_review: Uuid,
    /// Of a published course, valid.
    cited: Uuid,
}

impl Standards {
    /// Whether a path names one, a version, a clause or a link.
    pub fn are_meant_by(path: &str) -> bool {
        ["standard", "clause"].iter().any(|it| path.contains(it))
    }

    pub async fn made(world: &World, keeper: PersonId, [draft, published]: [LessonId; 2]) -> Self {
        let keeper = Person::signed_in(world, keeper).await;
        let details = StandardDetails {
            number: Uuid::now_v7().to_string(),
            title: "会议服务规范".into(),
            level: StandardLevel::Internal,
            organization: String::new(),
        };
        let standard = keeper.call(AddStandard { details }).await.unwrap().id;
        let version = uploaded(world, &keeper, standard, 2023).await;
        let stage = VersionStage::Current;
        keeper.call(ConfirmVersion { version, revision: 1, stage, details: None }).await.unwrap();
        let clause = clauses(&keeper, version).await[1];
        let proposal = uploaded(world, &keeper, standard, 2024).await;
        let proposed = clauses(&keeper, proposal).await[1];
        let mut links = Vec::new();
        let author = world.person("zhengming").await;
        for lesson in [draft, draft, published] {
            let link = LinkClause {
                clause,
                target: LinkTarget::Lesson { lesson },
                kind: LinkKind::Taught,
                coverage: LinkCoverage::Whole,
                dated: false,
                note: String::new(),
            };
            links.push(author.call(link).await.unwrap().id.0);
        }
        author.call(SubmitClauseLink { link: ClauseLinkId(links[1]) }).await.unwrap();
        let valid = literal(world, links[2]);
        world.sql(&format!("UPDATE clause_links SET state = 'valid' WHERE id = {valid}")).await;
        Self {
            standard: standard.0,
            version: version.0,
            clause: clause.0,
            proposal: proposal.0,
            proposed: proposed.0,
            link: links[0],
            to_review: links[1],
            cited: links[2],
        }
    }

    pub fn unknown() -> Self {
        let id = Uuid::now_v7;
        Self {
            standard: id(),
            version: id(),
            clause: id(),
            proposal: id(),
            proposed: id(),
            link: id(),
            to_review: id(),
            cited: id(),
        }
    }

    /// What a path means.
    pub fn id(&self, name: &str, operation: &str) -> Uuid {
        let of_proposal =
            ["SaveVersion", "DiscardProposal", "EditProposal", "ConfirmVersion", "ShowSource"];
        match (name, operation) {
            ("standard", _) => self.standard,
            ("version", it) if of_proposal.contains(&it) => self.proposal,
            ("version", _) => self.version,
            ("clause", _) => self.clause,
            ("link", "ShowCitedClause") => self.cited,
            ("link", "ReviewClauseLink") => self.to_review,
            _ => self.link,
        }
    }

    pub fn fields(&self, operation: &str, lesson: Uuid) -> Option<Value> {
        let Self { clause, proposed, .. } = self;
        let details = || {
            json!({
                "number": Uuid::now_v7().to_string(), "title": "标准", "level": "local",
                "organization": "",
            })
        };
        Some(match operation {
            "AddStandard" | "SaveStandard" => json!({ "details": details() }),
            "SaveVersion" => json!({ "details": { "label": "2025" } }),
            "EditProposal" => json!({
                "revision": 1, "edit": { "edit": "remove", "clause": proposed },
            }),
            "ConfirmVersion" => json!({ "revision": 1, "stage": "current" }),
            "SetVersionStage" => json!({ "stage": "under_revision" }),
            "SetClausePosts" => json!({ "posts": [], "with_below": true }),
            "PickClauses" | "SearchTexts" => json!({ "words": "检查" }),
            "LinkClause" => json!({
                "clause": clause, "target": { "place": "lesson", "lesson": lesson },
                "kind": "taught", "coverage": "whole", "dated": false,
            }),
            "SaveClauseLink" => json!({
                "clause": clause, "kind": "cited", "coverage": "part", "dated": false,
            }),
            "ReviewClauseLink" => json!({ "approve": true }),
            "ListOrphans" => json!({ "kind": "course_without_clause" }),
            _ => return None,
        })
    }
}

async fn uploaded(
    world: &World,
    keeper: &Person<'_>,
    standard: StandardId,
    year: u32,
) -> StandardVersionId {
    let text = format!("JGSW 01—{year}\n1 范围\n1.1 应检查设备。\n1.2 应记录第{year}次。\n");
    let target = format!("/api/console/standards/{standard}/versions");
    let (status, version) = keeper.upload(&target, "标准.txt", text.as_bytes()).await;
    assert_eq!(status, 200, "{version}");
    while backend::jobs::work_off(&world.app).await.unwrap() > 0 {}
    version["id"].as_str().unwrap().parse().unwrap()
}

async fn clauses(keeper: &Person<'_>, version: StandardVersionId) -> Vec<ClauseId> {
    let page = keeper.call(ListClauses { version, skip: None }).await.unwrap();
    page.items.into_iter().map(|it| it.id).collect()
}
