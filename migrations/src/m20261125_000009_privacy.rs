//! What people agreed to, and whose particulars were erased.

super::sql_migration!(
    "
    CREATE TABLE privacy_consents (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid REFERENCES people (id),
        version text NOT NULL,
        agreed_at timestamptz NOT NULL,
        withdrawn_at timestamptz
    );
    CREATE UNIQUE INDEX privacy_consents_given ON privacy_consents (person_id, version)
        WHERE withdrawn_at IS NULL;

    CREATE TABLE erasures (
        person_id uuid NOT NULL PRIMARY KEY REFERENCES people (id),
        erased_at timestamptz NOT NULL
    );
    "
);
