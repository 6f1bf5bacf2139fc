//! The schema's history: append only, and independent of the code that uses it.
//!
//! One SQL text serves both databases: PostgreSQL takes the type names as they are, SQLite ignores
//! them and stores what it is given. Expand, move, contract: a migration must suit the running
//! code too.

use sea_orm_migration::prelude::*;

mod m20261123_000001_people;
mod m20261123_000002_platform;
mod m20261123_000003_courses;
mod m20261123_000004_quizzes;
mod m20261123_000005_training;
mod m20261125_000001_binding;
mod m20261125_000002_roster;
mod m20261125_000003_callbacks;
mod m20261125_000004_audit;
mod m20261125_000005_grants;
mod m20261125_000006_second_factor;
mod m20261125_000007_messages;
mod m20261125_000008_course_files;
mod m20261125_000009_privacy;
mod m20261126_000001_bases;
mod m20261126_000002_confirmations;
mod m20261126_000003_moves;
mod m20261126_000004_standards;
mod m20261126_000005_revisions;
mod m20261126_000007_uploads;
mod m20261126_000009_learning;
mod m20261126_000020_audit_sealed;
mod m20261126_000021_course_builds;
mod m20261126_000022_gate_waivers;
mod m20261126_000023_checks;
mod m20261126_000024_known_files;
mod m20261126_000025_one_time_codes;
mod m20261126_000026_qualifications;
mod m20261126_000027_course_lists;
mod m20261126_000029_catalogue;
mod m20261126_000030_forms;
mod m20261126_000032_live_links;
mod m20261126_000034_removed_courses;
mod m20261126_000035_artefact_reasons;
mod m20261126_000036_binding_links;
mod m20261126_000037_writers;
mod m20261126_000038_subtitle_writers;
mod m20261126_000039_practice;
mod m20261126_000040_difference_courses;
mod m20261126_000041_clause_pictures;
mod m20261127_000042_carried_links;
mod m20261127_000043_own_difference_courses;

/// Declares a migration that runs one SQL text in a transaction on both databases.
macro_rules! sql_migration {
    ($up:expr) => {
        use sea_orm_migration::prelude::*;

        #[derive(DeriveMigrationName)]
        pub struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                manager.get_connection().execute_unprepared($up).await.map(drop)
            }

            /// A transaction on SQLite too, where it is not the default.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use sql_migration;

#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_people::Migration),
            Box::new(m20261123_000002_platform::Migration),
            Box::new(m20261123_000003_courses::Migration),
            Box::new(m20261123_000004_quizzes::Migration),
            Box::new(m20261123_000005_training::Migration),
            Box::new(m20261125_000001_binding::Migration),
            Box::new(m20261125_000002_roster::Migration),
            Box::new(m20261125_000003_callbacks::Migration),
            Box::new(m20261125_000005_grants::Migration),
            Box::new(m20261125_000004_audit::Migration),
            Box::new(m20261125_000006_second_factor::Migration),
            Box::new(m20261125_000007_messages::Migration),
            Box::new(m20261125_000008_course_files::Migration),
            Box::new(m20261125_000009_privacy::Migration),
            Box::new(m20261126_000001_bases::Migration),
            Box::new(m20261126_000002_confirmations::Migration),
            Box::new(m20261126_000003_moves::Migration),
            Box::new(m20261126_000004_standards::Migration),
            Box::new(m20261126_000005_revisions::Migration),
            Box::new(m20261126_000007_uploads::Migration),
            Box::new(m20261126_000009_learning::Migration),
            Box::new(m20261126_000020_audit_sealed::Migration),
            Box::new(m20261126_000021_course_builds::Migration),
            Box::new(m20261126_000022_gate_waivers::Migration),
            Box::new(m20261126_000023_checks::Migration),
            Box::new(m20261126_000024_known_files::Migration),
            Box::new(m20261126_000025_one_time_codes::Migration),
            Box::new(m20261126_000026_qualifications::Migration),
            Box::new(m20261126_000027_course_lists::Migration),
            Box::new(m20261126_000029_catalogue::Migration),
            Box::new(m20261126_000030_forms::Migration),
            Box::new(m20261126_000032_live_links::Migration),
            Box::new(m20261126_000034_removed_courses::Migration),
            Box::new(m20261126_000035_artefact_reasons::Migration),
            Box::new(m20261126_000036_binding_links::Migration),
            Box::new(m20261126_000037_writers::Migration),
            Box::new(m20261126_000038_subtitle_writers::Migration),
            Box::new(m20261126_000039_practice::Migration),
            Box::new(m20261126_000040_difference_courses::Migration),
            Box::new(m20261126_000041_clause_pictures::Migration),
            Box::new(m20261127_000042_carried_links::Migration),
            Box::new(m20261127_000043_own_difference_courses::Migration),
        ]
    }
}
