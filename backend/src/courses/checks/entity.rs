//! Tables of 自测题, without their keys.

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use shared::courses::CheckId;

/// Questions in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct CheckIds(pub Vec<CheckId>);

pub mod check_question {
    use sea_orm::entity::prelude::*;
    use shared::{
        courses::{CheckId, LessonId},
        quizzes::QuestionKind,
    };

    use crate::quizzes::OptionTexts;

    /// Written once.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_questions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CheckId,
        pub lesson_id: LessonId,
        pub kind: QuestionKind,
        pub stem: String,
        pub options: OptionTexts,
    }

    crate::db::no_relations!();
}

pub mod lesson_check {
    use sea_orm::entity::prelude::*;
    use shared::courses::LessonId;

    use super::CheckIds;

    /// What a lesson asks in the draft.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lesson_checks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub lesson_id: LessonId,
        pub version: i32,
        pub checks: CheckIds,
    }

    crate::db::no_relations!();
}
