//! Organisations, teams and posts that are changed and given up, and the bases where sessions take
//! place.

super::sql_migration!(
    "
    ALTER TABLE organizations ADD COLUMN version integer NOT NULL DEFAULT 1;
    ALTER TABLE organizations ADD COLUMN closed_at timestamptz;
    CREATE INDEX organizations_parent ON organizations (parent_id);

    ALTER TABLE teams ADD COLUMN version integer NOT NULL DEFAULT 1;
    ALTER TABLE teams ADD COLUMN closed_at timestamptz;

    ALTER TABLE posts ADD COLUMN level text;
    ALTER TABLE posts ADD COLUMN position integer NOT NULL DEFAULT 0;
    ALTER TABLE posts ADD COLUMN version integer NOT NULL DEFAULT 1;
    ALTER TABLE posts ADD COLUMN retired_at timestamptz;
    UPDATE posts SET position =
        (SELECT count(*) FROM posts AS earlier WHERE earlier.code <= posts.code);

    CREATE TABLE training_bases (
        id uuid NOT NULL PRIMARY KEY,
        organization_id uuid REFERENCES organizations (id),
        name text NOT NULL,
        kind text NOT NULL,
        address text NOT NULL,
        state text NOT NULL,
        version integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX training_bases_name ON training_bases (name);
    CREATE INDEX training_bases_organization ON training_bases (organization_id);

    ALTER TABLE training_sessions ADD COLUMN base_id uuid REFERENCES training_bases (id);
    CREATE INDEX training_sessions_base ON training_sessions (base_id);
    "
);
