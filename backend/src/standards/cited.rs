//! Clauses as whoever learns meets them: chips in a lesson, and what one says.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::Role,
    content::LessonContent,
    courses::{CourseId, LessonId},
    problem::{Code, FieldProblem},
    standards::{
        CitedClause, ClauseChip, ClauseLinkId,
        console::{LinkPlace, LinkState, StaleReason},
    },
};

use super::{
    entity::{clause, link},
    posts, standing,
};
use crate::{Result, accounts::Caller, courses};

/// What learners see: a stale link is still what the course was written from.
const SEEN: [LinkState; 2] = [LinkState::Valid, LinkState::Stale];

/// The chips of a lesson in the order of its parts.
pub async fn chips(
    db: &impl ConnectionTrait,
    lesson: LessonId,
    content: &LessonContent,
) -> Result<Vec<ClauseChip>> {
    let links = link::Entity::find()
        .filter(link::Column::LessonId.eq(lesson))
        .filter(link::Column::State.is_in(SEEN))
        .all(db)
        .await?;
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let clauses = clause::Entity::find()
        .filter(clause::Column::Id.is_in(links.iter().map(|it| it.clause_id)))
        .all(db)
        .await?;
    let chip = |link: &link::Model| {
        let clause = clauses.iter().find(|it| it.id == link.clause_id)?;
        let number = if clause.number.is_empty() { &clause.title } else { &clause.number };
        let second = |it: Option<i32>| it.and_then(|it| u32::try_from(it).ok());
        Some(ClauseChip {
            link: link.id,
            number: number.clone(),
            card: card(link, content),
            from: second(link.from_second),
            to: second(link.to_second),
        })
    };
    let mut chips: Vec<ClauseChip> = links.iter().filter_map(chip).collect();
    chips.sort_by(|a, b| (a.card, a.from, &a.number).cmp(&(b.card, b.from, &b.number)));
    Ok(chips)
}

/// Where the card of a link is now.
fn card(link: &link::Model, content: &LessonContent) -> Option<u32> {
    let was = link.card.filter(|_| link.place == LinkPlace::Card)?;
    card_now(u32::try_from(was).ok()?, link.card_title.as_deref(), content)
}

/// Where a card is now that was there: cards have no ids, and are found again by what they are called.
pub fn card_now(was: u32, title: Option<&str>, content: &LessonContent) -> Option<u32> {
    let LessonContent::Steps(steps) = content else { return None };
    let was = usize::try_from(was).ok()?;
    let called = |at: usize| steps.cards.get(at).map(|it| it.title.as_str());
    let at = if called(was) == title {
        was
    } else {
        (0..steps.cards.len()).find(|at| called(*at) == title)?
    };
    u32::try_from(at).ok()
}

/// What a link cites, and from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    pub clause: CitedClause,
    pub course: CourseId,
    /// Absent where a question cites it.
    pub lesson: Option<LessonId>,
    pub published_on: Option<NaiveDate>,
    pub effective_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
}

/// What a link cites, for those who see its course.
///
/// # Errors
/// `not_found`, whether it is not valid, its course is not seen or it does not exist.
pub async fn citation(
    db: &impl ConnectionTrait,
    caller: &Caller,
    id: ClauseLinkId,
) -> Result<Citation> {
    let find = link::Entity::find_by_id(id).filter(link::Column::State.is_in(SEEN));
    let link = find.one(db).await?.ok_or(Code::NotFound)?;
    if !courses::is_published(db, link.course_id).await? {
        let reach = caller.reach(Role::TrainingOfficer);
        courses::find_readable(db, &reach, link.course_id).await?;
    }
    let clause = posts::find(db, link.clause_id).await?;
    let version = standing::by_id(db, clause.version_id).await?;
    let mut standards = standing::standards_of(db, [version.standard_id]).await?;
    let standard = standards.remove(&version.standard_id).ok_or(Code::NotFound)?;
    let cited = CitedClause {
        standard: standing::name(&standard, &version),
        standard_title: standard.title,
        path: path(db, &clause).await?,
        number: clause.number,
        title: clause.title,
        text: clause.text,
        modality: clause.modality,
        stage: version.stage,
        effective_on: version.effective_on,
        stale: link.state == LinkState::Stale,
    };
    Ok(Citation {
        clause: cited,
        course: link.course_id,
        lesson: link.lesson_id,
        published_on: version.published_on,
        effective_on: version.effective_on,
        withdrawn_on: version.withdrawn_on,
    })
}

/// What stands above a clause, the chapter first.
async fn path(db: &impl ConnectionTrait, clause: &clause::Model) -> Result<Vec<String>> {
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

/// What keeps a course from being published: clauses it cites that a new version has no more.
pub async fn gone_clauses(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Vec<FieldProblem>> {
    let links = link::Entity::find()
        .filter(link::Column::CourseId.eq(course))
        .filter(link::Column::State.eq(LinkState::Stale))
        .filter(link::Column::Reason.eq(StaleReason::Deleted))
        .all(db)
        .await?;
    let mut gone = Vec::new();
    for link in links {
        let clause = posts::find(db, link.clause_id).await?;
        let names = standing::names(db, [link.version_id]).await?;
        let standard = names.get(&link.version_id).cloned().unwrap_or_default();
        let message = format!(
            "引用的 {standard} 第 {} 条在新版本里删了，请先在标准仓解除这个链接",
            clause.number
        );
        gone.push(FieldProblem { field: "clauses".into(), message });
    }
    Ok(gone)
}
