//! Clauses as course packages name them, so that they are found on another installation: by the
//! standard's number, the version's year and the way to the clause.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    standards::{
        ClauseId, ClauseLinkId, StandardVersionId,
        console::{LinkClause, LinkCoverage, LinkKind, LinkState, LinkTarget},
    },
};

use super::{
    cards::CardName,
    cited,
    entity::{clause, link, standard, version},
    links, standing,
};
use crate::{
    Error, Result,
    db::{Connection, Transaction},
};

/// Letters of what stands for a clause without a number and a title.
const FIRST_WORDS: usize = 40;
const UNDATED: &str = "这个版本没有实施或已经废止，只能注日期引用";

/// What a clause is called everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseName {
    /// The standard's number, as `DB32/T 1234`.
    pub standard: String,
    /// The version, as `2023`.
    pub version: String,
    /// Numbers from the chapter down to the clause; of one without a number its title.
    pub path: Vec<String>,
}

impl ClauseName {
    /// The clause's own number.
    pub fn number(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// `DB32/T 1234—2023`
    pub fn standard_name(&self) -> String {
        format!("{}—{}", self.standard, self.version)
    }
}

/// A link without its ends' ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// By which texts quote its clause.
    pub link: ClauseLinkId,
    pub clause: ClauseName,
    pub target: LinkTarget,
    /// By which the card is found in the text that is packed.
    pub card: Option<CardName>,
    pub kind: LinkKind,
    pub coverage: LinkCoverage,
    pub dated: bool,
    pub note: String,
}

/// What a course cites; `with_drafts` also what nobody has reviewed.
pub async fn cited_by(db: &Connection, course: CourseId, with_drafts: bool) -> Result<Vec<Cited>> {
    let which = if with_drafts {
        Condition::all().add(link::Column::State.ne(LinkState::Ended))
    } else {
        cited::seen()
    };
    let rows = link::Entity::find()
        .filter(link::Column::CourseId.eq(course))
        .filter(which)
        .all(db)
        .await?;
    let mut names = HashMap::new();
    for row in &rows {
        if let Entry::Vacant(place) = names.entry(row.version_id) {
            place.insert(Names::of(db, row.version_id).await?);
        }
    }
    let cited = |row: link::Model| {
        let clause = names.get(&row.version_id)?.name(row.clause_id)?;
        Some(Cited {
            link: row.id,
            clause,
            target: links::target_of(&row)?,
            card: CardName::of(&row),
            kind: row.kind,
            coverage: row.coverage,
            dated: row.dated,
            note: row.note,
        })
    };
    Ok(rows.into_iter().filter_map(cited).collect())
}

/// The clauses of one version by the ways to them.
struct Names {
    standard: String,
    version: version::Model,
    clauses: HashMap<ClauseId, clause::Model>,
}

impl Names {
    async fn of(db: &Connection, id: StandardVersionId) -> Result<Self> {
        let version = standing::by_id(db, id).await?;
        let found = standard::Entity::find_by_id(version.standard_id).one(db).await?;
        let standard = found.map(|it| it.number).unwrap_or_default();
        Self::of_version(db, standard, version).await
    }

    async fn of_version(
        db: &Connection,
        standard: String,
        version: version::Model,
    ) -> Result<Self> {
        let find = clause::Entity::find().filter(clause::Column::VersionId.eq(version.id));
        let clauses = find.all(db).await?.into_iter().map(|it| (it.id, it)).collect();
        Ok(Self { standard, version, clauses })
    }

    fn name(&self, id: ClauseId) -> Option<ClauseName> {
        let path = self.path(id)?;
        Some(ClauseName {
            standard: self.standard.clone(),
            version: self.version.label.clone(),
            path,
        })
    }

    fn path(&self, id: ClauseId) -> Option<Vec<String>> {
        let (mut path, mut next) = (Vec::new(), Some(id));
        // Nothing is deeper than ten.
        while let Some(id) = next.filter(|_| path.len() < 10) {
            let clause = self.clauses.get(&id)?;
            path.push(step(clause));
            next = clause.parent_id;
        }
        path.reverse();
        Some(path)
    }

    /// The one clause to which this way leads.
    fn find(&self, path: &[String]) -> Option<ClauseId> {
        let last = path.last()?;
        let fits = |it: &&clause::Model| {
            step(it) == *last && self.path(it.id).is_some_and(|it| it == path)
        };
        let mut found = self.clauses.values().filter(fits);
        let first = found.next()?;
        found.next().is_none().then_some(first.id)
    }
}

fn step(clause: &clause::Model) -> String {
    let named = [&clause.number, &clause.title].into_iter().find(|it| !it.is_empty());
    named.cloned().unwrap_or_else(|| clause.text.chars().take(FIRST_WORDS).collect())
}

/// Makes drafts of links where the same clause of the same version is here; of the others it says
/// why not.
pub async fn link_all(
    tx: &Transaction,
    cited: Vec<Cited>,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<std::result::Result<(), String>>> {
    let mut versions = HashMap::new();
    let mut outcomes = Vec::with_capacity(cited.len());
    for it in cited {
        let key = (it.clause.standard.clone(), it.clause.version.clone());
        if let Entry::Vacant(place) = versions.entry(key.clone()) {
            place.insert(found_here(tx, &key.0, &key.1).await?);
        }
        let outcome = match &versions[&key] {
            Ok(names) => link_one(tx, names, it, by, now).await?,
            Err(why) => Err((*why).to_owned()),
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

async fn found_here(
    db: &Connection,
    number: &str,
    label: &str,
) -> Result<std::result::Result<Names, &'static str>> {
    let find = standard::Entity::find().filter(standard::Column::Number.eq(number));
    let Some(standard) = find.one(db).await? else {
        return Ok(Err("标准仓里没有这个标准"));
    };
    let find = version::Entity::find()
        .filter(version::Column::StandardId.eq(standard.id))
        .filter(version::Column::Label.eq(label))
        .filter(version::Column::ConfirmedAt.is_not_null());
    match find.one(db).await? {
        Some(version) => Ok(Ok(Names::of_version(db, standard.number, version).await?)),
        None => Ok(Err("标准仓里没有这个版本")),
    }
}

async fn link_one(
    tx: &Transaction,
    names: &Names,
    cited: Cited,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<std::result::Result<(), String>> {
    let Some(clause) = names.find(&cited.clause.path) else {
        return Ok(Err("这个版本里没有这一条".into()));
    };
    if !cited.dated && !standing::LIVING.contains(&names.version.stage) {
        return Ok(Err(UNDATED.into()));
    }
    let Cited { link, target, kind, coverage, dated, note, .. } = cited;
    let place = match links::Place::of(tx, &target).await {
        Ok(place) => place,
        Err(Error::Refused(problem)) => return Ok(Err(problem.sentence())),
        Err(broken) => return Err(broken),
    };
    let request = LinkClause { clause, target, kind, coverage, dated, note };
    match links::add_as(tx, link, (request, place), by, now).await {
        Ok(()) => Ok(Ok(())),
        Err(Error::Refused(problem)) => Ok(Err(problem.sentence())),
        Err(broken) => Err(broken),
    }
}
