//! 草拟 → 复核 → 有效, by two people; and the end of a link.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use shared::{
    accounts::PersonId,
    problem::Code,
    standards::{ClauseLinkId, console::LinkState},
};

use crate::{Result, standards::entity::link};

/// Gives a draft to somebody else to look at.
pub async fn submit(tx: &DatabaseTransaction, id: ClauseLinkId, now: DateTime<Utc>) -> Result<()> {
    let change = link::ActiveModel {
        state: Set(LinkState::InReview),
        updated_at: Set(now),
        ..Default::default()
    };
    go(tx, id, LinkState::Draft, change).await
}

/// Makes a link valid, or gives it back.
///
/// # Errors
/// `review_own` for its author; `version_conflict` where it does not wait for a review.
pub async fn review(
    tx: &DatabaseTransaction,
    (id, approve): (ClauseLinkId, bool),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = link::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?;
    if found.author == by {
        return Err(Code::ReviewOwn.into());
    }
    let change = link::ActiveModel {
        state: Set(if approve { LinkState::Valid } else { LinkState::Draft }),
        reviewer: Set(Some(by)),
        reviewed_at: Set(approve.then_some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    go(tx, id, LinkState::InReview, change).await
}

/// Ends a link, whatever it is; a second time changes nothing.
pub async fn end(tx: &DatabaseTransaction, id: ClauseLinkId, now: DateTime<Utc>) -> Result<()> {
    let ended = link::ActiveModel {
        state: Set(LinkState::Ended),
        reason: Set(None),
        updated_at: Set(now),
        ..Default::default()
    };
    link::Entity::update_many()
        .set(ended)
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::State.ne(LinkState::Ended))
        .exec(tx)
        .await?;
    Ok(())
}

/// One step, if the link stands where it begins and still has the author who was looked at.
async fn go(
    tx: &DatabaseTransaction,
    id: ClauseLinkId,
    from: LinkState,
    change: link::ActiveModel,
) -> Result<()> {
    let mut step = link::Entity::update_many()
        .filter(link::Column::Id.eq(id))
        .filter(link::Column::State.eq(from));
    if let Set(Some(reviewer)) = &change.reviewer {
        step = step.filter(link::Column::Author.ne(*reviewer));
    }
    let done = step.set(change).exec(tx).await?;
    if done.rows_affected == 0 { Err(Code::VersionConflict.into()) } else { Ok(()) }
}
