//! People as others see them in a list.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::accounts::{PersonCard, PersonId};

use crate::{
    Result,
    accounts::{Reach, entity::person},
    db::Connection,
    organizations,
};

/// The people with these ids, by name and number, disabled ones included.
pub async fn cards_of(db: &Connection, ids: Vec<PersonId>) -> Result<Vec<PersonCard>> {
    reached_cards_of(db, &Reach::everything(), ids).await
}

/// Those of them who are in reach.
pub async fn reached_cards_of(
    db: &Connection,
    reach: &Reach,
    ids: Vec<PersonId>,
) -> Result<Vec<PersonCard>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let find = person::Entity::find()
            .filter(person::Column::Id.is_in(some.iter().copied()))
            .filter(reach.of_people());
        found.extend(find.all(db).await?);
    }
    cards(db, found).await
}

pub(super) async fn cards(db: &Connection, people: Vec<person::Model>) -> Result<Vec<PersonCard>> {
    let organizations = organizations::organization_names(db).await?;
    let posts = organizations::post_names(db).await?;
    let card = |person: person::Model| PersonCard {
        id: person.id,
        name: person.name,
        staff_number: person.staff_number,
        organization: organizations.get(&person.organization_id).cloned().unwrap_or_default(),
        post: person.post_id.and_then(|it| posts.get(&it).cloned()),
    };
    Ok(people.into_iter().map(card).collect())
}
