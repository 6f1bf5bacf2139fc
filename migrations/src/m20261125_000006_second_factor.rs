//! The second factor of console accounts, step-up, and passwords that people set themselves.

super::sql_migration!(
    "
    CREATE TABLE second_factors (
        person_id uuid NOT NULL PRIMARY KEY REFERENCES people (id),
        secret bytea,
        since timestamptz,
        last_step bigint NOT NULL,
        pending bytea,
        pending_at timestamptz
    );

    CREATE TABLE recovery_codes (
        hash bytea NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX recovery_codes_person ON recovery_codes (person_id);

    CREATE TABLE sign_in_challenges (
        hash bytea NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
    );
    CREATE INDEX sign_in_challenges_expiry ON sign_in_challenges (expires_at);

    ALTER TABLE sign_ins ADD COLUMN stepped_up_at timestamptz;

    CREATE TABLE password_codes (
        hash bytea NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        made_by uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX password_codes_person ON password_codes (person_id);
    "
);
