//! Tables of quizzes, attempts and results. The table of answer keys is in [`super::key`].

use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Texts of a question's options, as the officer ordered them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct OptionTexts(pub Vec<String>);

/// Options by their place in [`OptionTexts`], from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct OptionIndexes(pub Vec<u8>);

/// Positions in an attempt, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Positions(pub Vec<i32>);

pub mod quiz {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        courses::CourseId,
        quizzes::{QuizId, ReleasePolicy},
    };

    /// A course has one quiz at most.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quizzes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuizId,
        pub course_id: CourseId,
        pub title: String,
        pub pass_mark: i32,
        pub minutes: i32,
        pub attempts: i32,
        pub release_policy: ReleasePolicy,
        pub opens_at: Option<DateTime<Utc>>,
        pub closes_at: Option<DateTime<Utc>>,
        pub version: i32,
        pub updated_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod quiz_revision {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        quizzes::{QuizId, ReleasePolicy},
        revisions::RevisionId,
    };

    /// The rules of a quiz as a revision of its course has them.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quiz_revisions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        pub quiz_id: QuizId,
        pub title: String,
        pub pass_mark: i32,
        pub minutes: i32,
        pub attempts: i32,
        pub release_policy: ReleasePolicy,
        pub opens_at: Option<DateTime<Utc>>,
        pub closes_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod quiz_revision_question {
    use sea_orm::entity::prelude::*;
    use shared::revisions::RevisionId;

    /// What a revision asks.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "quiz_revision_questions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub revision_id: RevisionId,
        /// From 1, in the officer's order.
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub question_version_id: Uuid,
    }

    crate::db::no_relations!();
}

pub mod question {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::quizzes::{QuestionId, QuizId};

    /// A place in the quiz; what is asked there is its current version.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "questions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuestionId,
        pub quiz_id: QuizId,
        pub position: i32,
        pub current_version_id: Uuid,
        pub removed_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod question_version {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::quizzes::{QuestionId, QuestionKind};

    /// Never changes: attempts point at it.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "question_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub question_id: QuestionId,
        pub kind: QuestionKind,
        pub stem: String,
        pub options: super::OptionTexts,
        pub created_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod attempt {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        quizzes::{AttemptId, AttemptState, QuizId, SubmitReason},
        revisions::RevisionId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttemptId,
        pub quiz_id: QuizId,
        pub person_id: PersonId,
        /// The person's first, second, … attempt at this quiz.
        pub number: i32,
        pub state: AttemptState,
        pub started_at: DateTime<Utc>,
        pub deadline_at: DateTime<Utc>,
        /// Counts the devices that have written.
        pub writer_epoch: i32,
        pub writer: Option<Uuid>,
        /// 256 random bits that option handles are made with.
        pub secret: Vec<u8>,
        /// As it was at the start.
        pub pass_mark: i32,
        pub submitted_at: Option<DateTime<Utc>>,
        pub submit_reason: Option<SubmitReason>,
        /// Of the course, from which it was drawn.
        pub revision_id: Option<RevisionId>,
    }

    crate::db::no_relations!();
}

pub mod attempt_item {
    use sea_orm::entity::prelude::*;
    use shared::quizzes::{AttemptId, QuestionKind};

    /// A drawn question.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt_id: AttemptId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub question_version_id: Uuid,
        /// The version's kind, here too so that saving an answer need not look into the bank.
        pub kind: QuestionKind,
        /// The options as the learner sees them.
        pub option_order: super::OptionIndexes,
    }

    crate::db::no_relations!();
}

pub mod answer {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::quizzes::AttemptId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt_id: AttemptId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i32,
        pub chosen: super::OptionIndexes,
        pub client_seq: i64,
        pub saved_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod result {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::quizzes::AttemptId;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "results")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attempt_id: AttemptId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub grading_version: i32,
        pub score: i32,
        pub correct: i32,
        pub questions: i32,
        pub passed: bool,
        pub right_positions: super::Positions,
        pub graded_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}
