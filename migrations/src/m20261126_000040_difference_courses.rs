//! 差异微课: the one course that says what a version of a standard changed. One that was removed or
//! retired makes room for another.

super::sql_migration!(
    "
    CREATE TABLE difference_courses (
        version_id uuid NOT NULL PRIMARY KEY REFERENCES standard_versions (id),
        course_id uuid NOT NULL UNIQUE REFERENCES courses (id)
    );
    "
);
