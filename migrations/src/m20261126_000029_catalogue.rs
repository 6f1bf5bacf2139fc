//! A page of the catalogue is read off an index: the newest courses, where the one before ended.

super::sql_migration!(
    "
    DROP INDEX courses_status;
    CREATE INDEX courses_catalogue ON courses (status, published_at, id, live_revision_id);
    "
);
