//! Whom an instructor may look up: somebody who came without being enrolled.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use shared::{
    problem::{Code, Problem},
    training::{Attendee, TrainingSessionId},
};

use super::{details::one_line, entity::check_in};
use crate::{
    Result,
    accounts::{Reach, people},
    db::Connection,
};

/// People one answer names: enough to choose from, too few to read the roster by.
const MOST: u64 = 20;
/// Characters of what is looked for.
const SHORTEST: usize = 2;
const LONGEST: usize = 30;

/// Active people in reach with this in their name or staff number who are not in yet.
///
/// # Errors
/// `invalid_request` for too little or too much to look for.
pub(super) async fn find(
    db: &Connection,
    reach: &Reach,
    session: TrainingSessionId,
    search: &str,
) -> Result<Vec<Attendee>> {
    let search = checked(search)?;
    let present = check_in::Entity::find()
        .select_only()
        .column(check_in::Column::PersonId)
        .filter(check_in::Column::SessionId.eq(session))
        .into_query();
    let found = people::search(db, &search, reach, Some(present), MOST).await?;
    let absent = found.into_iter().map(|card| Attendee {
        person: card.id,
        name: card.name,
        staff_number: card.staff_number,
        organization: card.organization,
        checked_in_at: None,
        method: None,
        reason: None,
    });
    Ok(absent.collect())
}

fn checked(search: &str) -> Result<String> {
    let search = one_line(search);
    let message = match search.chars().count() {
        ..SHORTEST => "请输入姓名或工号，至少两个字",
        SHORTEST..=LONGEST => return Ok(search),
        _ => "太长了，请输入姓名或工号",
    };
    Err(Problem::from(Code::InvalidRequest).field("search", message).into())
}
