//! Jobs, the inbox, the ledger of subscribe-message credits, tokens of WeChat accounts.

super::sql_migration!(
    "
    CREATE TABLE jobs (
        id uuid NOT NULL PRIMARY KEY,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        unique_key text,
        state text NOT NULL,
        run_at timestamptz NOT NULL,
        attempts integer NOT NULL,
        lease_owner uuid,
        lease_until timestamptz,
        last_error text,
        created_at timestamptz NOT NULL,
        finished_at timestamptz
    );
    CREATE UNIQUE INDEX jobs_unique_key ON jobs (unique_key);
    CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'pending';

    CREATE TABLE inbox_messages (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        kind text NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        link text NOT NULL,
        dedupe_key text NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz
    );
    CREATE UNIQUE INDEX inbox_messages_dedupe_key ON inbox_messages (dedupe_key);
    CREATE INDEX inbox_messages_person ON inbox_messages (person_id, created_at);

    CREATE TABLE subscribe_credits (
        person_id uuid NOT NULL REFERENCES people (id),
        template text NOT NULL,
        remaining integer NOT NULL CHECK (remaining >= 0),
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, template)
    );

    CREATE TABLE wechat_tokens (
        app_id text NOT NULL PRIMARY KEY,
        sealed_token bytea,
        expires_at timestamptz NOT NULL,
        version integer NOT NULL,
        refreshing_until timestamptz NOT NULL
    );

    CREATE TABLE media (
        id uuid NOT NULL PRIMARY KEY,
        kind text NOT NULL,
        content_type text NOT NULL,
        bytes bigint NOT NULL,
        sha256 bytea NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        seconds integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL
    );
    "
);
