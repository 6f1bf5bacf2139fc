//! A course that never was published can be removed.

super::sql_migration!("ALTER TABLE courses ADD COLUMN removed_at timestamptz;");
