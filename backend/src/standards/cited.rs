//! Clauses as whoever learns meets them: chips in a lesson, and what one says.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use shared::{
    accounts::Role,
    content::{LessonContent, Picture},
    courses::{CourseId, LessonId},
    practice::ChecklistItemId,
    problem::Code,
    standards::{CitedClause, ClauseChip, ClauseId, ClauseLinkId, console::LinkState},
};

use super::{
    cards::CardName,
    entity::{clause, link, version},
    posts, standing,
};
use crate::{Result, accounts::Caller, courses, db::Connection};

/// What learners see: a stale link is still what the course was written from, unless nobody had
/// reviewed it before it went stale.
pub(super) fn seen() -> Condition {
    let reviewed = Condition::all()
        .add(link::Column::State.eq(LinkState::Stale))
        .add(link::Column::ReviewedAt.is_not_null());
    Condition::any().add(link::Column::State.eq(LinkState::Valid)).add(reviewed)
}

/// The chips of a lesson in the order of its parts.
pub async fn chips(
    db: &Connection,
    lesson: LessonId,
    content: &LessonContent,
) -> Result<Vec<ClauseChip>> {
    let links = link::Entity::find()
        .filter(link::Column::LessonId.eq(lesson))
        .filter(seen())
        .all(db)
        .await?;
    let numbers = numbers(db, &links).await?;
    let chip = |link: &link::Model| {
        let second = |it: Option<i32>| it.and_then(|it| u32::try_from(it).ok());
        let (number, pictures) = numbers.get(&link.clause_id)?.clone();
        Some(ClauseChip {
            link: link.id,
            number,
            pictures,
            card: card(link, content),
            from: second(link.from_second),
            to: second(link.to_second),
        })
    };
    let mut chips: Vec<ClauseChip> = links.iter().filter_map(chip).collect();
    chips.sort_by(|a, b| (a.card, a.from, &a.number).cmp(&(b.card, b.from, &b.number)));
    Ok(chips)
}

/// The chips of the items of a course's checklist.
pub async fn item_chips(
    db: &Connection,
    course: CourseId,
) -> Result<HashMap<ChecklistItemId, Vec<ClauseChip>>> {
    let links = link::Entity::find()
        .filter(link::Column::CourseId.eq(course))
        .filter(link::Column::ItemId.is_not_null())
        .filter(seen())
        .all(db)
        .await?;
    let numbers = numbers(db, &links).await?;
    let mut chips = HashMap::<_, Vec<ClauseChip>>::new();
    for link in links {
        if let (Some(item), Some(number)) = (link.item_id, numbers.get(&link.clause_id)) {
            let (number, pictures) = number.clone();
            let (card, from, to) = (None, None, None);
            let chip = ClauseChip { link: link.id, number, pictures, card, from, to };
            chips.entry(item).or_default().push(chip);
        }
    }
    for some in chips.values_mut() {
        some.sort_by(|a, b| a.number.cmp(&b.number));
    }
    Ok(chips)
}

/// What the clauses of links are called, and what they show.
async fn numbers(
    db: &Connection,
    links: &[link::Model],
) -> Result<HashMap<ClauseId, (String, Vec<Picture>)>> {
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let clauses = clause::Entity::find()
        .filter(clause::Column::Id.is_in(links.iter().map(|it| it.clause_id)))
        .all(db)
        .await?;
    let named = |it: clause::Model| {
        let pictures = it.shown();
        let number = if it.number.is_empty() { it.title } else { it.number };
        (it.id, (number, pictures))
    };
    Ok(clauses.into_iter().map(named).collect())
}

/// Where the card of a link is in what somebody reads.
fn card(link: &link::Model, content: &LessonContent) -> Option<u32> {
    u32::try_from(CardName::of(link)?.place(content)?).ok()
}

/// What a link cites, and from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    pub clause: CitedClause,
    pub course: CourseId,
    /// Absent where a question or an item cites it.
    pub lesson: Option<LessonId>,
    /// Whether an item of the checklist cites it.
    pub by_item: bool,
    pub published_on: Option<NaiveDate>,
    pub effective_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
}

/// Lets through those who see what a course cites.
///
/// # Errors
/// `not_found`
pub(super) async fn see_course(db: &Connection, caller: &Caller, course: CourseId) -> Result<()> {
    if !courses::is_published(db, course).await? {
        let reach = caller.reach(Role::TrainingOfficer);
        courses::find_readable(db, &reach, course).await?;
    }
    Ok(())
}

/// What a link cites, for those who see its course.
///
/// # Errors
/// `not_found`, whether it is not valid, its course is not seen or it does not exist.
pub async fn citation(db: &Connection, caller: &Caller, id: ClauseLinkId) -> Result<Citation> {
    let find = link::Entity::find_by_id(id).filter(seen());
    let link = find.one(db).await?.ok_or(Code::NotFound)?;
    see_course(db, caller, link.course_id).await?;
    let clause = posts::find(db, link.clause_id).await?;
    let version = standing::by_id(db, clause.version_id).await?;
    let (published_on, effective_on, withdrawn_on) =
        (version.published_on, version.effective_on, version.withdrawn_on);
    let stale = link.state == LinkState::Stale;
    let clause = shown(db, clause, version, stale).await?;
    Ok(Citation {
        clause,
        course: link.course_id,
        lesson: link.lesson_id,
        by_item: link.item_id.is_some(),
        published_on,
        effective_on,
        withdrawn_on,
    })
}

/// A clause that somebody found by its words: of what is in force or will be.
///
/// # Errors
/// `not_found`, whether it is of another version or does not exist.
pub async fn found_clause(db: &Connection, id: ClauseId) -> Result<CitedClause> {
    let clause = posts::find(db, id).await?;
    let version = standing::by_id(db, clause.version_id).await?;
    if version.confirmed_at.is_none() || !standing::LIVING.contains(&version.stage) {
        return Err(Code::NotFound.into());
    }
    shown(db, clause, version, false).await
}

async fn shown(
    db: &Connection,
    clause: clause::Model,
    version: version::Model,
    stale: bool,
) -> Result<CitedClause> {
    let mut standards = standing::standards_of(db, [version.standard_id]).await?;
    let standard = standards.remove(&version.standard_id).ok_or(Code::NotFound)?;
    Ok(CitedClause {
        standard: standing::name(&standard, &version),
        standard_title: standard.title,
        path: path(db, &clause).await?,
        pictures: clause.shown(),
        number: clause.number,
        title: clause.title,
        text: clause.text,
        modality: clause.modality,
        stage: version.stage,
        effective_on: version.effective_on,
        stale,
    })
}

/// What stands above a clause, the chapter first.
async fn path(db: &Connection, clause: &clause::Model) -> Result<Vec<String>> {
    let (mut path, mut next) = (Vec::new(), clause.parent_id);
    while let Some(id) = next {
        let above = posts::find(db, id).await?;
        path.push(format!("{} {}", above.number, above.title).trim().to_owned());
        // Nothing is deeper than ten.
        next = above.parent_id.filter(|_| path.len() < 10);
    }
    path.reverse();
    Ok(path)
}
