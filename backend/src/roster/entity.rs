//! Tables of teams, particulars, memberships and imports.

pub mod team {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        organizations::OrganizationId,
        roster::{Team, TeamId},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "teams")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamId,
        pub organization_id: OrganizationId,
        pub name: String,
        pub version: i32,
        pub created_at: DateTime<Utc>,
        pub closed_at: Option<DateTime<Utc>>,
    }

    impl From<Model> for Team {
        fn from(row: Model) -> Self {
            Self { id: row.id, name: row.name }
        }
    }

    crate::db::no_relations!();
}

pub mod particulars {
    use sea_orm::entity::prelude::*;
    use shared::{accounts::PersonId, roster::TeamId};

    /// A person's team, and what is told about them in confidence.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_particulars")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: PersonId,
        pub team_id: Option<TeamId>,
        pub sealed_phone: Option<Vec<u8>>,
        /// A keyed hash, to find who has a number.
        pub phone_index: Option<Vec<u8>>,
        pub sealed_id_card: Option<Vec<u8>>,
        pub id_card_index: Option<Vec<u8>>,
    }

    crate::db::no_relations!();
}

pub mod membership {
    use chrono::NaiveDate;
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        organizations::{OrganizationId, PostId},
        roster::TeamId,
    };

    /// Where somebody worked from one day to another; the current one has no end.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "memberships")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub person_id: PersonId,
        pub organization_id: OrganizationId,
        pub team_id: Option<TeamId>,
        pub post_id: Option<PostId>,
        pub from_on: NaiveDate,
        /// The first day on which it is over.
        pub to_on: Option<NaiveDate>,
    }

    crate::db::no_relations!();
}

pub mod import {
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use shared::{
        accounts::PersonId,
        roster::{ImportState, RosterImportId},
    };

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "roster_imports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RosterImportId,
        pub file_name: String,
        pub state: ImportState,
        pub row_count: i32,
        /// A `Summary`.
        pub counts: Json,
        pub message: Option<String>,
        /// What the roster was when the rows were checked.
        pub roster_mark: Option<Vec<u8>>,
        pub skip_bad: bool,
        pub with_leavers: bool,
        pub created_by: PersonId,
        pub created_at: DateTime<Utc>,
        pub applied_at: Option<DateTime<Utc>>,
    }

    crate::db::no_relations!();
}

pub mod sheet {
    use sea_orm::entity::prelude::*;
    use shared::roster::RosterImportId;

    /// What a file holds and what the check made of it. Forgotten before the import is.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "roster_sheets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: RosterImportId,
        pub sealed_rows: Vec<u8>,
        pub sealed_verdicts: Option<Vec<u8>>,
    }

    crate::db::no_relations!();
}
