//! Pictures of clauses. None is known of clauses that were read before pictures were: those stay without
//! a value, which is something else than a clause that has no picture.

super::sql_migration!(
    "
    ALTER TABLE clauses ADD COLUMN pictures jsonb;

    -- Which clauses show a file.
    CREATE TABLE clause_files (
        clause_id uuid NOT NULL REFERENCES clauses (id) ON DELETE CASCADE,
        media_id uuid NOT NULL REFERENCES media (id),
        PRIMARY KEY (clause_id, media_id)
    );
    CREATE INDEX clause_files_media ON clause_files (media_id);
    "
);
