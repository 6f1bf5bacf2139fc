//! A course of 认证考核 names the qualification that it leads to. In words, as long as there are no
//! qualifications of their own.

super::sql_migration!(
    "
    ALTER TABLE courses ADD COLUMN qualification text NOT NULL DEFAULT '';
    ALTER TABLE course_revisions ADD COLUMN qualification text NOT NULL DEFAULT '';
    "
);
