//! Why an artefact was sent back.

super::sql_migration!("ALTER TABLE course_artefacts ADD COLUMN reason text NOT NULL DEFAULT '';");
