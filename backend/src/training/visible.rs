//! Which sessions exist for whom.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use shared::{
    accounts::{PersonId, Role},
    problem::Code,
    training::TrainingSessionId,
};

use super::entity::{check_in, enrollment, session};
use crate::{
    Result,
    accounts::{Caller, Reach},
    db::Connection,
};

/// The sessions that exist for the caller: what is still to come, what they enrolled in, attended
/// or teach, what an officer manages, and what takes place at the bases that they keep.
pub(super) fn visible(caller: &Caller, now: DateTime<Utc>) -> Select<session::Entity> {
    session::Entity::find().filter(
        Condition::any()
            .add(managed(&caller.reach(Role::TrainingOfficer)))
            .add(hosted(caller))
            .add(to_come(now))
            .add(own(caller.person))
            .add(session::Column::InstructorId.eq(caller.person)),
    )
}

/// What an officer who reaches so far plans and changes.
pub(super) fn managed(reach: &Reach) -> Expr {
    reach.of_organization(session::Column::OrganizationId)
}

/// What takes place, or took place, at the bases that the caller keeps.
pub(super) fn hosted(caller: &Caller) -> Expr {
    caller.reach(Role::BaseManager).of_base(session::Column::BaseId)
}

/// One that an officer manages.
///
/// # Errors
/// `not_found`, whether it is out of reach or does not exist.
pub(super) async fn find_managed(
    db: &Connection,
    reach: &Reach,
    id: TrainingSessionId,
) -> Result<session::Model> {
    let find = session::Entity::find_by_id(id).filter(managed(reach));
    Ok(find.one(db).await?.ok_or(Code::NotFound)?)
}

/// Not cancelled and not ended.
pub(super) fn to_come(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(session::Column::CancelledAt.is_null())
        .add(session::Column::EndsAt.gt(now))
}

/// Enrolled in, or attended without being enrolled.
pub(super) fn own(person: PersonId) -> Condition {
    Condition::any()
        .add(session::Column::Id.in_subquery(enrolled_in(person)))
        .add(session::Column::Id.in_subquery(attended(person)))
}

/// Ids of the sessions a person is enrolled in.
pub(super) fn enrolled_in(person: PersonId) -> SelectStatement {
    enrollment::Entity::find()
        .select_only()
        .column(enrollment::Column::SessionId)
        .filter(enrollment::Column::PersonId.eq(person))
        .into_query()
}

/// Ids of the sessions a person was checked in to.
pub(super) fn attended(person: PersonId) -> SelectStatement {
    check_in::Entity::find()
        .select_only()
        .column(check_in::Column::SessionId)
        .filter(check_in::Column::PersonId.eq(person))
        .into_query()
}

/// A session that exists for the caller.
pub(super) async fn find(
    db: &Connection,
    caller: &Caller,
    id: TrainingSessionId,
    now: DateTime<Utc>,
) -> Result<session::Model> {
    let found = visible(caller, now).filter(session::Column::Id.eq(id)).one(db).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

/// A session that the caller may show the code of and check people in to.
pub(super) async fn find_taught(
    db: &Connection,
    caller: &Caller,
    id: TrainingSessionId,
) -> Result<session::Model> {
    let session = by_id(db, id).await?;
    if teaches(caller, &session) { Ok(session) } else { Err(Code::NotFound.into()) }
}

/// A session whose attendance the caller may look at: one that they teach, or whose base they keep.
pub(super) async fn find_attended(
    db: &Connection,
    caller: &Caller,
    id: TrainingSessionId,
) -> Result<session::Model> {
    let session = by_id(db, id).await?;
    let keeps = |base| caller.reach(Role::BaseManager).has_base(base);
    if teaches(caller, &session) || session.base_id.is_some_and(keeps) {
        Ok(session)
    } else {
        Err(Code::NotFound.into())
    }
}

/// Whether the caller is the session's instructor, or an officer who manages it and may stand in.
pub(super) fn teaches(caller: &Caller, session: &session::Model) -> bool {
    let is_theirs = session.instructor_id == caller.person && caller.is(Role::Instructor);
    is_theirs || caller.reach(Role::TrainingOfficer).has_owned(session.organization_id)
}

/// A session whoever asks: for those whose right to it was established otherwise.
pub(super) async fn by_id(db: &Connection, id: TrainingSessionId) -> Result<session::Model> {
    Ok(session::Entity::find_by_id(id).one(db).await?.ok_or(Code::NotFound)?)
}
