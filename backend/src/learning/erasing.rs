//! Forgets what somebody wrote and kept; what they studied stays.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use shared::accounts::PersonId;

use super::entity::{course_rating, enquiry, favourite_course, lesson_note};
use crate::{Result, db::Transaction};

pub async fn erase(tx: &Transaction, person: PersonId) -> Result<()> {
    let of_them = favourite_course::Column::PersonId.eq(person);
    favourite_course::Entity::delete_many().filter(of_them).exec(tx).await?;
    let of_them = lesson_note::Column::PersonId.eq(person);
    lesson_note::Entity::delete_many().filter(of_them).exec(tx).await?;
    let of_them = enquiry::Column::PersonId.eq(person);
    enquiry::Entity::delete_many().filter(of_them).exec(tx).await?;
    course_rating::Entity::update_many()
        .col_expr(course_rating::Column::Comment, Expr::value(""))
        .filter(course_rating::Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}
