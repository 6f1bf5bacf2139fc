//! Uploads that go on where they stopped, and what is made of a file once it is there.

super::sql_migration!(
    "
    CREATE TABLE uploads (
        id uuid NOT NULL PRIMARY KEY,
        created_by uuid NOT NULL REFERENCES people (id),
        organization_id uuid REFERENCES organizations (id),
        length bigint NOT NULL,
        received bigint NOT NULL,
        state text NOT NULL,
        progress integer NOT NULL,
        trouble text,
        detail text,
        writer uuid,
        writer_until timestamptz,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
    );
    CREATE INDEX uploads_created_by ON uploads (created_by);
    CREATE INDEX uploads_organization ON uploads (organization_id);
    CREATE INDEX uploads_expires ON uploads (expires_at);

    ALTER TABLE media ADD COLUMN organization_id uuid REFERENCES organizations (id);
    ALTER TABLE media ADD COLUMN pages integer NOT NULL DEFAULT 0;
    ALTER TABLE media ADD COLUMN state text NOT NULL DEFAULT 'ready';
    ALTER TABLE media ADD COLUMN progress integer NOT NULL DEFAULT 0;
    ALTER TABLE media ADD COLUMN trouble text;
    CREATE INDEX media_created_by ON media (created_by);
    CREATE INDEX media_organization ON media (organization_id);

    CREATE TABLE media_renditions (
        media_id uuid NOT NULL REFERENCES media (id),
        name text NOT NULL,
        content_type text NOT NULL,
        bytes bigint NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (media_id, name)
    );
    "
);
