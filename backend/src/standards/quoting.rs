//! 条文引用: what the clauses say that a text quotes. A text names the link only, so that whatever
//! happens to the link happens to what is quoted: a clause that is replaced says so, and one that the
//! lesson no longer rests on is not shown.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use shared::{
    content::{Block, LessonContent},
    courses::LessonId,
    standards::{
        ClauseId, ClauseLinkId, ClauseQuote, StandardVersionId, VersionStage, console::LinkState,
    },
};

use super::{
    cited,
    entity::{clause, link, version},
    standing,
};
use crate::{Result, db::Connection};

/// For whom a lesson is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Who learns: what nobody has reviewed is not there.
    Learner,
    /// Who writes: all but what was ended.
    Author,
}

/// The clauses of links, and what their versions are called.
pub(super) struct Quotes {
    clauses: HashMap<ClauseId, clause::Model>,
    versions: HashMap<StandardVersionId, (String, VersionStage)>,
}

impl Quotes {
    pub async fn of(db: &Connection, links: &[link::Model]) -> Result<Self> {
        let clauses = clause::Entity::find()
            .filter(clause::Column::Id.is_in(links.iter().map(|it| it.clause_id)))
            .all(db)
            .await?;
        let versions = version::Entity::find()
            .filter(version::Column::Id.is_in(links.iter().map(|it| it.version_id)))
            .all(db)
            .await?;
        let standards =
            standing::standards_of(db, versions.iter().map(|it| it.standard_id)).await?;
        let named = |it: version::Model| {
            let name = standing::name(standards.get(&it.standard_id)?, &it);
            Some((it.id, (name, it.stage)))
        };
        Ok(Self {
            clauses: clauses.into_iter().map(|it| (it.id, it)).collect(),
            versions: versions.into_iter().filter_map(named).collect(),
        })
    }

    pub fn clause(&self, link: &link::Model) -> Option<&clause::Model> {
        self.clauses.get(&link.clause_id)
    }

    pub fn quote(&self, link: &link::Model) -> Option<ClauseQuote> {
        let clause = self.clause(link)?;
        let (standard, stage) = self.versions.get(&link.version_id)?;
        let number = if clause.number.is_empty() { &clause.title } else { &clause.number };
        Some(ClauseQuote {
            standard: standard.clone(),
            number: number.clone(),
            text: if clause.text.is_empty() { &clause.title } else { &clause.text }.clone(),
            mark: mark(link.state == LinkState::Stale, *stage).to_owned(),
        })
    }
}

/// What is to be known of a clause that is not simply in force.
const fn mark(replaced: bool, stage: VersionStage) -> &'static str {
    match stage {
        _ if replaced => "此条已有新版",
        VersionStage::Withdrawn => "标准已废止",
        VersionStage::Upcoming => "标准还没有实施",
        VersionStage::Consultation => "标准还在征求意见",
        VersionStage::Current | VersionStage::UnderRevision => "",
    }
}

/// Fills in what the clauses say that lessons quote. What is no link of the lesson itself, or is not
/// there for who reads, is shown to nobody.
pub async fn fill_quotes(
    db: &Connection,
    lessons: Vec<(LessonId, &mut LessonContent)>,
    reader: Reader,
) -> Result<()> {
    let mut places = Vec::new();
    for (lesson, content) in lessons {
        let LessonContent::Article { blocks } = content else { continue };
        places.extend(blocks.iter_mut().filter_map(|block| match block {
            Block::Clause { link, quote } => Some((lesson, *link, quote)),
            _ => None,
        }));
    }
    if places.is_empty() {
        return Ok(());
    }
    let links = links_of(db, places.iter().map(|it| it.1).collect(), reader).await?;
    let quotes = Quotes::of(db, &links).await?;
    for (lesson, id, quote) in places {
        let link = links.iter().find(|it| it.id == id && it.lesson_id == Some(lesson));
        *quote = link.and_then(|it| quotes.quote(it));
    }
    Ok(())
}

/// Which blocks of these lessons, by their places from 0, quote what those who learn would not see.
pub async fn unseen_quotes(
    db: &Connection,
    lessons: &[(LessonId, &LessonContent)],
) -> Result<HashMap<LessonId, Vec<usize>>> {
    let mut places = Vec::new();
    for (lesson, content) in lessons {
        let LessonContent::Article { blocks } = content else { continue };
        places.extend(blocks.iter().enumerate().filter_map(|(at, block)| match block {
            Block::Clause { link, .. } => Some((*lesson, at, *link)),
            _ => None,
        }));
    }
    let links = links_of(db, places.iter().map(|it| it.2).collect(), Reader::Learner).await?;
    let mut unseen = HashMap::<_, Vec<usize>>::new();
    for (lesson, at, id) in places {
        if !links.iter().any(|it| it.id == id && it.lesson_id == Some(lesson)) {
            unseen.entry(lesson).or_default().push(at);
        }
    }
    Ok(unseen)
}

async fn links_of(
    db: &Connection,
    ids: Vec<ClauseLinkId>,
    reader: Reader,
) -> Result<Vec<link::Model>> {
    let seen = match reader {
        Reader::Learner => cited::seen(),
        Reader::Author => Condition::all().add(link::Column::State.ne(LinkState::Ended)),
    };
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let find = link::Entity::find()
            .filter(link::Column::Id.is_in(some.iter().copied()))
            .filter(seen.clone());
        found.extend(find.all(db).await?);
    }
    Ok(found)
}
