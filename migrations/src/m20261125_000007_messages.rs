//! What people want to hear of through WeChat, whether its templates suit what is sent, and on which
//! days the team leaders were told.

super::sql_migration!(
    "
    CREATE TABLE notification_settings (
        person_id uuid NOT NULL REFERENCES people (id),
        kind text NOT NULL,
        by_wechat boolean NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, kind)
    );

    CREATE TABLE message_templates (
        kind text NOT NULL PRIMARY KEY,
        template text NOT NULL,
        title text NOT NULL,
        problem text,
        checked_at timestamptz NOT NULL
    );

    CREATE TABLE team_digests (
        day date NOT NULL PRIMARY KEY,
        made_at timestamptz NOT NULL
    );

    CREATE INDEX jobs_finished_at ON jobs (finished_at);
    "
);
