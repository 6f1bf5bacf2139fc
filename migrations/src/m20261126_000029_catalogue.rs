//! A page of the catalogue is read off an index, from the newest courses or from where the page
//! before ended; and so is what the heat map of standards counts.

super::sql_migration!(
    "
    DROP INDEX courses_status;
    CREATE INDEX courses_catalogue ON courses (status, published_at, id, live_revision_id);
    CREATE INDEX clause_links_counted ON clause_links
        (state, version_id, kind, clause_id, course_id);
    "
);
