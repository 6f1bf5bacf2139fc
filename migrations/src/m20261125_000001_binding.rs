//! Joining a WeChat with somebody on the roster, and handing a sign-in over to a web view.

super::sql_migration!(
    "
    CREATE TABLE invitations (
        hash bytea NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        made_by uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX invitations_person ON invitations (person_id);

    CREATE TABLE binding_claims (
        hash bytea NOT NULL PRIMARY KEY,
        app_id text NOT NULL,
        openid text NOT NULL,
        unionid text,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
    );
    CREATE INDEX wechat_identities_unionid ON wechat_identities (unionid);

    ALTER TABLE sign_ins ADD COLUMN parent_id uuid REFERENCES sign_ins (id);
    CREATE INDEX sign_ins_parent ON sign_ins (parent_id);

    CREATE TABLE web_tickets (
        hash bytea NOT NULL PRIMARY KEY,
        sign_in_id uuid NOT NULL REFERENCES sign_ins (id),
        path text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        child_id uuid
    );
    CREATE INDEX web_tickets_sign_in ON web_tickets (sign_in_id);
    "
);
