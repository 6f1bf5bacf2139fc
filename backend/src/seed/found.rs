//! What an interrupted seed has left.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::courses::CourseId;

use super::people::{CAST, POSTS, SeededCast, staff_number};
use crate::{
    Result, accounts::entity::person, courses::entity::course, db::Connection, organizations,
};

/// The cast; nothing where somebody of it is missing, because then these are other people.
pub(super) async fn cast(db: &Connection) -> Result<Option<SeededCast>> {
    let mut cast = SeededCast::default();
    for (place, (key, name, ..)) in CAST.into_iter().enumerate() {
        let find = person::Entity::find()
            .filter(person::Column::StaffNumber.eq(staff_number(place)))
            .filter(person::Column::Name.eq(name));
        let Some(person) = find.one(db).await? else { return Ok(None) };
        cast.people.insert(key.into(), person.id);
    }
    let posts = organizations::post_names(db).await?;
    cast.posts = posts.into_iter().map(|(id, name)| (name, id)).collect();
    let units = organizations::organization_names(db).await?;
    cast.organizations = units.into_iter().map(|(id, name)| (name, id)).collect();
    let complete = POSTS.iter().all(|(_, name)| cast.posts.contains_key(*name));
    Ok(complete.then_some(cast))
}

/// The course with this title.
pub(super) async fn course(db: &Connection, title: &str) -> Result<Option<CourseId>> {
    let find = course::Entity::find().filter(course::Column::Title.eq(title));
    Ok(find.one(db).await?.map(|it| it.id))
}
