//! Items of checklists, as clauses are linked to them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    courses::{CourseId, CourseStatus},
    practice::{ChecklistItem, ChecklistItemId},
    problem::Code,
};

use crate::db::Connection;
use crate::{
    Result,
    accounts::Reach,
    courses::{
        entity::{
            course::{self, Practised},
            course_revision,
        },
        managed,
    },
};

/// The items of a course's checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    pub written: Vec<ChecklistItem>,
    /// What newcomers are examined by; none where the course is not published.
    pub live: Vec<ChecklistItemId>,
}

/// # Errors
/// `not_found` where there is no such course.
pub async fn checklist_items(db: &Connection, course: CourseId) -> Result<Items> {
    let find = course::Entity::find_by_id(course).filter(managed::kept());
    let found = find.one(db).await?.ok_or(Code::NotFound)?;
    let published = found.status == CourseStatus::Published;
    let live = match found.live_revision_id.filter(|_| published) {
        Some(id) => course_revision::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let live = of(live.and_then(|it| it.practice)).into_iter().map(|it| it.id);
    Ok(Items { live: live.collect(), written: of(found.practice) })
}

fn of(practice: Option<Practised>) -> Vec<ChecklistItem> {
    Practised::of(practice).checklist.items
}

/// What the items of some courses say to somebody who reaches so far: to those who may change the course
/// as they are written, else as learners read them; to others as newcomers read them.
pub async fn item_texts(
    db: &Connection,
    reach: &Reach,
    courses: &[CourseId],
) -> Result<HashMap<(CourseId, ChecklistItemId), String>> {
    if courses.is_empty() {
        return Ok(HashMap::new());
    }
    let find = course::Entity::find().filter(course::Column::Id.is_in(courses.iter().copied()));
    let found = find.filter(managed::readable(reach)).all(db).await?;
    let live = found.iter().filter_map(|it| it.live_revision_id);
    let live = course_revision::Entity::find().filter(course_revision::Column::Id.is_in(live));
    let live = live.all(db).await?.into_iter().map(|it| (it.course_id, it.practice));
    let own = |it: &course::Model| reach.has_course(it.id, it.organization_id);
    let written = found.into_iter().filter(own).map(|it| (it.id, it.practice));
    let items = live.chain(written).flat_map(|(course, practice)| {
        of(practice).into_iter().map(move |it| ((course, it.id), it.text))
    });
    Ok(items.collect())
}
