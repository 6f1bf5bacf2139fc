//! 差异微课: an organisation need not wait for the draft of another one.

super::sql_migration!(
    "
    CREATE TABLE own_difference_courses (
        version_id uuid NOT NULL REFERENCES standard_versions (id),
        course_id uuid NOT NULL UNIQUE REFERENCES courses (id),
        PRIMARY KEY (version_id, course_id)
    );
    INSERT INTO own_difference_courses (version_id, course_id)
        SELECT version_id, course_id FROM difference_courses;
    DROP TABLE difference_courses;
    ALTER TABLE own_difference_courses RENAME TO difference_courses;
    "
);
