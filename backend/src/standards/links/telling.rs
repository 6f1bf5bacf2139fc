//! The review of links as people take part in it: those who may review hear that something waits, once
//! a day of a standard, and an author why a link came back.

use chrono::{DateTime, Utc};
use sea_orm::EntityTrait;
use shared::{
    accounts::PersonId,
    problem::Code,
    standards::{ClauseLinkId, StandardId},
};

use super::review as steps;
use crate::{
    Result, courses,
    db::Transaction,
    notifications,
    standards::{entity::link, standing},
};

pub async fn submit(
    tx: &Transaction,
    id: ClauseLinkId,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    steps::submit(tx, id, now).await?;
    let link = find(tx, id).await?;
    let mut people = courses::officers(tx, link.course_id).await?;
    people.retain(|it| *it != link.author && *it != by);
    let name = name(tx, link.standard_id).await?;
    notifications::links_wait(tx, (link.standard_id, &name), &people, now).await
}

pub async fn review(
    tx: &Transaction,
    (id, returned): (ClauseLinkId, Option<&str>),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    steps::review(tx, (id, returned), by, now).await?;
    if returned.is_none() {
        return Ok(());
    }
    let link = find(tx, id).await?;
    let name = name(tx, link.standard_id).await?;
    let why = (link.returned.as_str(), link.standard_id);
    notifications::link_returned(tx, (id, &name), why, link.author, now).await
}

async fn find(tx: &Transaction, id: ClauseLinkId) -> Result<link::Model> {
    Ok(link::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?)
}

async fn name(tx: &Transaction, id: StandardId) -> Result<String> {
    let standard = standing::standards_of(tx, [id]).await?.remove(&id).ok_or(Code::NotFound)?;
    Ok(format!("{} {}", standard.number, standard.title))
}
