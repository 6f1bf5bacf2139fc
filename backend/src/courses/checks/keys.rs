//! The keys of 自测题: only what marks an answer, shows one that was given, or belongs to an officer
//! loads them.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use shared::courses::CheckId;

use self::check_key::{ActiveModel, Column, Entity};
use super::entity::CheckIds;
use crate::{
    Result,
    db::Connection,
    quizzes::{OptionIndexes, key::AnswerKey},
};

pub async fn of(db: &Connection, CheckIds(ids): &CheckIds) -> Result<HashMap<CheckId, AnswerKey>> {
    let find = Entity::find().filter(Column::CheckId.is_in(ids.iter().copied()));
    let key = |it: check_key::Model| (it.check_id, AnswerKey::new(it.correct.0, it.explanation));
    Ok(find.all(db).await?.into_iter().map(key).collect())
}

/// Of questions by the options that are right, and why.
pub(super) async fn insert(db: &Connection, keys: Vec<(CheckId, Vec<u8>, String)>) -> Result<()> {
    let rows = keys.into_iter().map(|(id, correct, explanation)| ActiveModel {
        check_id: Set(id),
        correct: Set(OptionIndexes(correct)),
        explanation: Set(explanation),
    });
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

mod check_key {
    use sea_orm::entity::prelude::*;
    use shared::courses::CheckId;

    use crate::quizzes::OptionIndexes;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub check_id: CheckId,
        pub correct: OptionIndexes,
        pub explanation: String,
    }

    crate::db::no_relations!();
}
