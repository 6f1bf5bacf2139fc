//! Whether a link is to an 应-clause, so that the heat map counts by one index, without the clauses.

super::sql_migration!(
    "
    ALTER TABLE clause_links ADD COLUMN must boolean NOT NULL DEFAULT false;

    UPDATE clause_links SET must = true
    WHERE EXISTS (SELECT 1 FROM clauses WHERE clauses.id = clause_links.clause_id AND clauses.must);

    -- Links of courses that were removed before removing ended them.
    UPDATE clause_links SET state = 'ended', reason = NULL WHERE state <> 'ended'
        AND course_id IN (SELECT id FROM courses WHERE removed_at IS NOT NULL);

    DROP INDEX clause_links_counted;
    CREATE INDEX clause_links_counted ON clause_links
        (live, must, state, version_id, kind, clause_id);
    "
);
