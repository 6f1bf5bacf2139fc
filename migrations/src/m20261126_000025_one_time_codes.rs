//! Codes that are read out are kept in one place, whatever they are good for.

super::sql_migration!(
    "
    CREATE TABLE one_time_codes (
        hash bytea NOT NULL PRIMARY KEY,
        purpose text NOT NULL CHECK (purpose IN ('binding', 'password')),
        person_id uuid NOT NULL REFERENCES people (id),
        made_by uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX one_time_codes_person ON one_time_codes (person_id);

    INSERT INTO one_time_codes
        SELECT hash, 'binding', person_id, made_by, created_at, expires_at, used_at FROM invitations;
    INSERT INTO one_time_codes
        SELECT hash, 'password', person_id, made_by, created_at, expires_at, used_at
        FROM password_codes;
    DROP TABLE invitations;
    DROP TABLE password_codes;
    "
);
