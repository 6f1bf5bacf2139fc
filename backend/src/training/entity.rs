//! Tables of sessions, enrolments and check-ins.

pub mod session {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId, bases::TrainingBaseId, courses::CourseId,
        organizations::OrganizationId, training::TrainingSessionId,
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "training_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TrainingSessionId,
        pub title: String,
        pub course_id: Option<CourseId>,
        pub place: String,
        pub base_id: Option<TrainingBaseId>,
        pub notes: String,
        pub starts_at: DateTime<Utc>,
        pub ends_at: DateTime<Utc>,
        pub instructor_id: PersonId,
        pub seats: i32,
        /// Rows in `enrollments`, kept beside `seats` so that one statement can compare them.
        pub taken: i32,
        /// Who holds it; the bureau if nobody.
        pub organization_id: Option<OrganizationId>,
        pub created_by: Option<PersonId>,
        pub created_at: DateTime<Utc>,
        pub cancelled_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod enrollment {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, training::TrainingSessionId};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "enrollments")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: TrainingSessionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        pub enrolled_at: DateTime<Utc>,
    }

    crate::db::no_relations!();
}

pub mod check_in {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        training::{CheckInMethod, TrainingSessionId},
    };

    /// The key, session and person, is what makes a check-in unique.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_ins")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: TrainingSessionId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        /// When the code was scanned or typed, or when the instructor entered it.
        pub checked_in_at: DateTime<Utc>,
        pub method: CheckInMethod,
        /// Who checked them in by hand, and why.
        pub by_person_id: Option<PersonId>,
        pub reason: Option<String>,
    }

    crate::db::no_relations!();
}

pub mod ticket {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        training::{CheckInMethod, TrainingSessionId},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "check_in_tickets")]
    pub struct Model {
        /// SHA-256 of the ticket.
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: Vec<u8>,
        pub session_id: TrainingSessionId,
        /// Nobody yet: scanned in a browser that had still to sign in.
        pub person_id: Option<PersonId>,
        pub method: CheckInMethod,
        pub scanned_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub used_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}
