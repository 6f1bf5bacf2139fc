//! 笔记: what somebody wrote down beside a lesson, for nobody else.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::{
    entity::lesson_note::{ActiveModel, Column, Entity, Model},
    texts::{self, Typed},
};
use crate::{
    Result,
    db::{Connection, Transaction},
};

const LONGEST: usize = 1000;
/// Notes of one person.
const MOST: u64 = 500;

/// Keeps a note. From the same form again it is the same note, which says what came last.
///
/// # Errors
/// `invalid_request` for an empty or too long text, or the five-hundred-and-first.
pub(super) async fn write(tx: &Transaction, typed: Typed, now: DateTime<Utc>) -> Result<()> {
    let Typed { person, lesson, course, text, form } = typed;
    let text = texts::said("note", text, LONGEST)?;
    if form.is_some() && rewrite(tx, (person, form), &text).await? {
        return Ok(());
    }
    if Entity::find().filter(Column::PersonId.eq(person)).count(tx).await? >= MOST {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("note", "笔记记满了，请先删掉几条旧的").into());
    }
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person),
        course_id: Set(course),
        lesson_id: Set(lesson),
        text: Set(text),
        written_at: Set(now),
        form: Set(form),
    };
    // The same form may arrive twice at once.
    let once = OnConflict::columns([Column::PersonId, Column::Form]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    Ok(())
}

/// Whether a note was there to be written anew.
async fn rewrite(
    tx: &Transaction,
    (person, form): (PersonId, Option<Uuid>),
    text: &str,
) -> Result<bool> {
    let same = Entity::update_many()
        .col_expr(Column::Text, Expr::value(text))
        .filter(Column::PersonId.eq(person))
        .filter(Column::Form.eq(form));
    Ok(same.exec(tx).await?.rows_affected > 0)
}

/// Removes a note of the person's own.
pub(super) async fn remove(tx: &Transaction, person: PersonId, id: Uuid) -> Result<()> {
    let own = Entity::delete_by_id(id).filter(Column::PersonId.eq(person));
    own.exec(tx).await?;
    Ok(())
}

/// The newest first.
pub(super) async fn of(db: &Connection, person: PersonId) -> Result<Vec<Model>> {
    let find = Entity::find().filter(Column::PersonId.eq(person));
    Ok(find.order_by_desc(Column::Id).all(db).await?)
}
