//! Tables of how far courses have come.

pub mod course_build {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, builds::BuildStage, courses::CourseId};

    /// There from the first time that somebody says.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_builds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        /// One that is set by hand.
        pub stage: BuildStage,
        pub owner_id: Option<PersonId>,
        pub updated_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod course_artefact {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        builds::{ArtefactSlot, ArtefactState},
        content::MediaId,
        courses::CourseId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_artefacts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub slot: ArtefactSlot,
        pub state: ArtefactState,
        pub link: String,
        pub media_id: Option<MediaId>,
        /// Who sent it for approval last, and so does not approve it.
        pub submitted_by: Option<PersonId>,
        /// Why it was sent back, until it is sent again.
        pub reason: String,
        pub updated_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod course_prerequisite {
    use sea_orm::entity::prelude::*;
    use shared::courses::CourseId;

    /// What is to be learnt before a course.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "course_prerequisites")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub course_id: CourseId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub needs_id: CourseId,
        pub position: i32,
    }

    crate::db::no_relations!();
}
