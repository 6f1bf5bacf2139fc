//! Answer keys: what must not reach a phone before its release.
//!
//! Only grading, the review after the release and the officer's draft load them. The type cannot
//! be serialised, so no answer of the API can hold one by mistake:
//!
//! ```
//! let _exists = size_of::<backend::quizzes::key::AnswerKey>();
//! ```
//!
//! ```compile_fail,E0277
//! fn answer_with<T: serde::Serialize>() {}
//! answer_with::<backend::quizzes::key::AnswerKey>();
//! ```

use std::collections::HashMap;

use anyhow::Context;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter,
};
use uuid::Uuid;

use self::question_key::{ActiveModel, Column, Entity};
use super::entity::OptionIndexes;
use crate::{Result, db::Connection};

/// Which options of a question version are right, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerKey {
    correct: Vec<u8>,
    explanation: String,
}

impl AnswerKey {
    /// Of options by their index, in any order.
    pub fn new(mut correct: Vec<u8>, explanation: String) -> Self {
        correct.sort_unstable();
        correct.dedup();
        Self { correct, explanation }
    }

    /// Whether exactly the right options were chosen, in any order.
    pub fn is_met_by(&self, chosen: &[u8]) -> bool {
        let mut chosen = chosen.to_vec();
        chosen.sort_unstable();
        chosen.dedup();
        chosen == self.correct
    }

    /// Whether this option is right.
    pub fn has(&self, option: u8) -> bool {
        self.correct.contains(&option)
    }

    pub fn explanation(&self) -> &str {
        &self.explanation
    }
}

/// The keys of question versions.
#[derive(Debug)]
pub(super) struct Keys(HashMap<Uuid, AnswerKey>);

impl Keys {
    pub(super) async fn load(
        db: &Connection,
        versions: impl IntoIterator<Item = Uuid>,
    ) -> Result<Self> {
        let mut versions: Vec<Uuid> = versions.into_iter().collect();
        versions.sort_unstable();
        versions.dedup();
        let mut keys = HashMap::with_capacity(versions.len());
        for some in versions.chunks(500) {
            let find = Entity::find().filter(Column::QuestionVersionId.is_in(some.iter().copied()));
            keys.extend(find.all(db).await?.into_iter().map(|row| {
                (row.question_version_id, AnswerKey::new(row.correct.0, row.explanation))
            }));
        }
        Ok(Self(keys))
    }

    /// # Errors
    /// Broken where a version has no key: an answer must not be marked without one.
    pub(super) fn of(&self, version: Uuid) -> Result<&AnswerKey> {
        Ok(self
            .0
            .get(&version)
            .with_context(|| format!("question version {version} has no key"))?)
    }
}

/// Stores the keys of new versions.
pub(super) async fn insert(
    tx: &Connection,
    keys: impl IntoIterator<Item = (Uuid, AnswerKey)>,
) -> Result<()> {
    let rows = keys.into_iter().map(|(version, key)| ActiveModel {
        question_version_id: Set(version),
        correct: Set(OptionIndexes(key.correct)),
        explanation: Set(key.explanation),
    });
    Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// Stores another key of a version.
pub(super) async fn replace(tx: &Connection, version: Uuid, key: AnswerKey) -> Result<()> {
    let row = ActiveModel {
        question_version_id: Unchanged(version),
        correct: Set(OptionIndexes(key.correct)),
        explanation: Set(key.explanation),
    };
    row.update(tx).await?;
    Ok(())
}

mod question_key {
    use sea_orm::entity::prelude::*;

    use crate::quizzes::entity::OptionIndexes;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_keys")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub question_version_id: Uuid,
        pub correct: OptionIndexes,
        pub explanation: String,
    }

    crate::db::no_relations!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_met_by_exactly_its_options_in_any_order() {
        let key = AnswerKey::new(vec![2, 0], String::new());
        assert!(key.is_met_by(&[0, 2]) && key.is_met_by(&[2, 0]));
        for wrong in [&[][..], &[0], &[2], &[0, 1], &[0, 1, 2]] {
            assert!(!key.is_met_by(wrong), "{wrong:?}");
        }
    }
}
