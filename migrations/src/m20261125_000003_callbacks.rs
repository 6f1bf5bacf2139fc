//! What WeChat told us by itself, and what it said about subscribe messages.

super::sql_migration!(
    "
    CREATE TABLE wechat_callbacks (
        seen bytea NOT NULL PRIMARY KEY,
        message bytea NOT NULL,
        received_at timestamptz NOT NULL
    );
    CREATE INDEX wechat_callbacks_received_at ON wechat_callbacks (received_at);

    CREATE TABLE subscribe_choices (
        person_id uuid NOT NULL REFERENCES people (id),
        template text NOT NULL,
        what text NOT NULL,
        message text NOT NULL,
        at timestamptz NOT NULL,
        paired boolean NOT NULL,
        PRIMARY KEY (person_id, template, what, at, message)
    );
    CREATE INDEX subscribe_choices_at ON subscribe_choices (at);
    "
);
