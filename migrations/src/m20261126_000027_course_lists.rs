//! The console's lists of courses begin a page where the one before ended.

super::sql_migration!(
    "
    CREATE INDEX courses_changed ON courses (updated_at, id);
    CREATE INDEX courses_cell ON courses (level, category, created_at, id);
    CREATE INDEX course_artefacts_state ON course_artefacts (state, course_id);
    "
);
