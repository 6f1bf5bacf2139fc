//! Sign-ins that are confirmed on the phone whose WeChat is bound.

super::sql_migration!(
    "
    CREATE TABLE sign_in_confirmations (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        challenge_hash bytea NOT NULL,
        browser_hash bytea NOT NULL,
        number integer NOT NULL,
        device text NOT NULL,
        network text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        confirmed_at timestamptz
    );
    CREATE UNIQUE INDEX sign_in_confirmations_challenge ON sign_in_confirmations (challenge_hash);
    CREATE INDEX sign_in_confirmations_person ON sign_in_confirmations (person_id);
    CREATE INDEX sign_in_confirmations_expiry ON sign_in_confirmations (expires_at);
    "
);
