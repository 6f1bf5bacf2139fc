//! 实操要求 of a course, in its draft and in its revisions, and links from clauses to its items. Where
//! nobody wrote any there is none.

super::sql_migration!(
    "
    ALTER TABLE courses ADD COLUMN practice jsonb;
    ALTER TABLE courses ADD COLUMN practice_version integer NOT NULL DEFAULT 0;
    ALTER TABLE course_revisions ADD COLUMN practice jsonb;
    ALTER TABLE clause_links ADD COLUMN item_id uuid;
    "
);
