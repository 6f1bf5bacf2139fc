//! 草拟 → 复核 → 有效, by two people; and the end of a link.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::{
    accounts::PersonId,
    courses::CourseId,
    problem::{Code, Problem},
    standards::{ClauseLinkId, console::LinkState},
};

use crate::{Result, db::Transaction, roster::tidy, standards::entity::link};

/// Gives a draft to somebody else to look at.
pub async fn submit(tx: &Transaction, id: ClauseLinkId, now: DateTime<Utc>) -> Result<()> {
    let change = link::ActiveModel {
        state: Set(LinkState::InReview),
        returned: Set(String::new()),
        updated_at: Set(now),
        ..Default::default()
    };
    go(tx, id, LinkState::Draft, change).await
}

/// Makes a link valid, or gives it back for this reason.
///
/// # Errors
/// `invalid_request` without a reason; `review_own` for its author; `version_conflict` where it does
/// not wait for a review.
pub async fn review(
    tx: &Transaction,
    (id, returned): (ClauseLinkId, Option<&str>),
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<()> {
    let found = link::Entity::find_by_id(id).one(tx).await?.ok_or(Code::NotFound)?;
    if found.author == by {
        return Err(Code::ReviewOwn.into());
    }
    let reason = returned.map(tidy);
    if let Some(words) = reason.as_ref().map(|it| it.chars().count())
        && !(1..=200).contains(&words)
    {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("reason", "请写明为什么退回，最多 200 个字").into());
    }
    let state = if reason.is_none() { LinkState::Valid } else { LinkState::Draft };
    let change = link::ActiveModel {
        state: Set(state),
        reviewer: Set(Some(by)),
        reviewed_at: Set(reason.is_none().then_some(now)),
        returned: Set(reason.unwrap_or_default()),
        updated_at: Set(now),
        ..Default::default()
    };
    go(tx, id, LinkState::InReview, change).await
}

/// Ends a link, whatever it is; a second time changes nothing.
pub async fn end(tx: &Transaction, id: ClauseLinkId, now: DateTime<Utc>) -> Result<()> {
    end_all(tx, link::Column::Id.eq(id), now).await
}

/// Ends the links of a course that is no more: nobody has to look at them again.
pub async fn end_of_course(tx: &Transaction, course: CourseId, now: DateTime<Utc>) -> Result<()> {
    end_all(tx, link::Column::CourseId.eq(course), now).await
}

async fn end_all(tx: &Transaction, which: Expr, now: DateTime<Utc>) -> Result<()> {
    let ended = link::ActiveModel {
        state: Set(LinkState::Ended),
        reason: Set(None),
        updated_at: Set(now),
        ..Default::default()
    };
    link::Entity::update_many()
        .set(ended)
        .filter(which)
        .filter(link::Column::State.ne(LinkState::Ended))
        .exec(tx)
        .await?;
    Ok(())
}

/// One step, if the link stands where it begins and still has the author who was looked at.
async fn go(
    tx: &Transaction,
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
