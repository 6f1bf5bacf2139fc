//! What other domains ask about attendance.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use shared::{accounts::PersonId, courses::CourseId, learning::AttendedSession, time::local_date};

use super::{
    entity::{check_in, session},
    visible::attended,
};
use crate::{Result, db::Connection};

/// The sessions a person attended, the newest first; not those cancelled after all.
pub async fn attended_by(db: &Connection, person: PersonId) -> Result<Vec<AttendedSession>> {
    let check_ins =
        check_in::Entity::find().filter(check_in::Column::PersonId.eq(person)).all(db).await?;
    let sessions = session::Entity::find()
        .filter(session::Column::Id.in_subquery(attended(person)))
        .filter(session::Column::CancelledAt.is_null())
        .all(db)
        .await?;
    let mut sessions: HashMap<_, _> = sessions.into_iter().map(|it| (it.id, it)).collect();
    let record = |row: check_in::Model| {
        let session = sessions.remove(&row.session_id)?;
        Some(AttendedSession {
            session: session.id,
            title: session.title,
            place: session.place,
            on: local_date(session.starts_at),
            checked_in_at: row.checked_in_at,
        })
    };
    let mut records: Vec<_> = check_ins.into_iter().filter_map(record).collect();
    records.sort_by_key(|it| std::cmp::Reverse(it.checked_in_at));
    Ok(records)
}

/// How many sessions of a course each person attended; people who attended none are left out.
pub async fn attendance_of_course(
    db: &Connection,
    course: CourseId,
) -> Result<HashMap<PersonId, u32>> {
    let sessions = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::CourseId.eq(course))
        .filter(session::Column::CancelledAt.is_null())
        .into_query();
    let counted: Vec<(PersonId, i64)> = check_in::Entity::find()
        .select_only()
        .column(check_in::Column::PersonId)
        .column_as(check_in::Column::SessionId.count(), "sessions")
        .filter(check_in::Column::SessionId.in_subquery(sessions))
        .group_by(check_in::Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    let counted = counted.into_iter().map(|(id, n)| (id, u32::try_from(n).unwrap_or_default()));
    Ok(counted.collect())
}
