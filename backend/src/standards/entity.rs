//! Tables of standards, versions, clauses and their links.

pub mod standard {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        organizations::OrganizationId,
        standards::{StandardId, StandardLevel, console::StandardDetails},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standards")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandardId,
        pub number: String,
        pub title: String,
        pub level: StandardLevel,
        /// 归口, in words: it need not be on the roster.
        pub organization: String,
        /// Who keeps it; the bureau if nobody.
        pub organization_id: Option<OrganizationId>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
    }

    impl From<Model> for StandardDetails {
        fn from(row: Model) -> Self {
            let Model { number, title, level, organization, .. } = row;
            Self { number, title, level, organization }
        }
    }

    crate::db::no_relations!();
}

pub mod version {
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        standards::{StandardId, StandardVersionId, VersionStage, console::VersionImport},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standard_versions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandardVersionId,
        pub standard_id: StandardId,
        pub label: String,
        pub published_on: Option<NaiveDate>,
        pub effective_on: Option<NaiveDate>,
        pub withdrawn_on: Option<NaiveDate>,
        pub supersedes: Option<StandardVersionId>,
        pub stage: VersionStage,
        pub import: VersionImport,
        pub done: i32,
        pub total: i32,
        pub message: Option<String>,
        /// Counts the edits of the proposal.
        pub revision: i32,
        pub file_name: String,
        pub file_hash: Vec<u8>,
        pub clauses: i32,
        /// How many of them say what must be done or must not.
        pub musts: i32,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
        pub confirmed_by: Option<PersonId>,
        /// Absent while it is a proposal, which only those see who keep the standard.
        pub confirmed_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod source {
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};
    use shared::standards::StandardVersionId;

    /// What a version was read from.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standard_sources")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: StandardVersionId,
        /// As it was uploaded; absent where it was read before files were kept.
        pub file: Option<Vec<u8>>,
        pub lines: Lines,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Lines(pub Vec<String>);

    crate::db::no_relations!();
}

pub mod clause {
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};
    use shared::{
        content::Picture,
        standards::{
            ClauseId, ClauseKey, Modality, StandardVersionId,
            console::{ClauseForce, ClauseKind},
        },
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clauses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClauseId,
        pub version_id: StandardVersionId,
        /// The same in every version that says it.
        pub key: ClauseKey,
        /// The nearest one before it that is less deep; written when the version is confirmed.
        pub parent_id: Option<ClauseId>,
        pub position: i32,
        pub depth: i32,
        pub kind: ClauseKind,
        pub number: String,
        pub title: String,
        pub text: String,
        pub force: ClauseForce,
        pub modality: Modality,
        /// 规范性, and 应 or 不应: what has to be taught and examined.
        pub must: bool,
        /// Where it stands in the source.
        pub line: i32,
        pub lines: i32,
        /// Below its text; absent where nobody knows of any, as its file was read without them.
        pub pictures: Option<Pictures>,
    }

    impl Model {
        /// Its pictures; none where nobody knows of any.
        pub fn shown(&self) -> Vec<Picture> {
            self.pictures.iter().flat_map(|it| &it.0).map(|it| it.picture.clone()).collect()
        }
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Pictures(pub Vec<KeptPicture>);

    /// A picture, and by what it is known again in another version.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct KeptPicture {
        pub picture: Picture,
        /// SHA-256 of its file, in hexadecimal.
        pub hash: String,
    }

    crate::db::no_relations!();
}

pub mod clause_file {
    use sea_orm::entity::prelude::*;
    use shared::{content::MediaId, standards::ClauseId};

    /// A file that a clause shows.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clause_files")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub clause_id: ClauseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub media_id: MediaId,
    }

    crate::db::no_relations!();
}

pub mod clause_post {
    use sea_orm::entity::prelude::*;
    use shared::{organizations::PostId, standards::ClauseId};

    /// Whom a clause is for.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clause_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub clause_id: ClauseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: PostId,
    }

    crate::db::no_relations!();
}

pub mod version_post {
    use sea_orm::entity::prelude::*;
    use shared::{organizations::PostId, standards::StandardVersionId};

    /// How many clauses of a version say what a post must do, so that nobody counts half a million
    /// of them for a picture.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "version_posts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: StandardVersionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub post_id: PostId,
        pub musts: i32,
    }

    crate::db::no_relations!();
}

pub mod link {
    use chrono::{DateTime, Utc};
    use sea_orm::{FromJsonQueryResult, entity::prelude::*};
    use serde::{Deserialize, Serialize};
    use shared::{
        accounts::PersonId,
        courses::{CourseId, LessonId},
        practice::ChecklistItemId,
        quizzes::QuestionId,
        standards::{
            ClauseId, ClauseKey, ClauseLinkId, StandardId, StandardVersionId,
            console::{LinkCoverage, LinkKind, LinkPlace, LinkState, StaleReason},
        },
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clause_links")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClauseLinkId,
        pub clause_id: ClauseId,
        pub clause_key: ClauseKey,
        pub version_id: StandardVersionId,
        pub standard_id: StandardId,
        pub course_id: CourseId,
        pub lesson_id: Option<LessonId>,
        pub question_id: Option<QuestionId>,
        /// An item of the course's checklist.
        pub item_id: Option<ChecklistItemId>,
        pub place: LinkPlace,
        /// The card's place, and what it is called, by which it is found again after cards were moved.
        pub card: Option<i32>,
        pub card_title: Option<String>,
        /// What the card was called before, the latest first: learners may still read that.
        pub former_titles: Titles,
        pub from_second: Option<i32>,
        pub to_second: Option<i32>,
        pub kind: LinkKind,
        pub coverage: LinkCoverage,
        /// 注日期
        pub dated: bool,
        pub state: LinkState,
        pub reason: Option<StaleReason>,
        /// Whether learners get its place now, which the module `live` keeps up.
        pub live: bool,
        /// Whether its clause says what must be done; clauses that can be linked to do not change.
        pub must: bool,
        pub note: String,
        /// Why a reviewer gave it back; empty where none did since it was written.
        pub returned: String,
        pub author: PersonId,
        pub reviewer: Option<PersonId>,
        pub created_at: DateTime<Utc>,
        pub updated_at: DateTime<Utc>,
        pub reviewed_at: Option<DateTime<Utc>>,
    }

    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
    pub struct Titles(pub Vec<String>);

    crate::db::no_relations!();
}

pub mod difference_course {
    use sea_orm::entity::prelude::*;
    use shared::{courses::CourseId, standards::StandardVersionId};

    /// A course that says what a version changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "difference_courses")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub version_id: StandardVersionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
    }

    crate::db::no_relations!();
}
