//! Organisations, posts, people, their identities at WeChat and their sign-ins.

super::sql_migration!(
    "
    CREATE TABLE organizations (
        id uuid NOT NULL PRIMARY KEY,
        parent_id uuid REFERENCES organizations (id),
        kind text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX organizations_name ON organizations (name);

    CREATE TABLE posts (
        id uuid NOT NULL PRIMARY KEY,
        code text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX posts_code ON posts (code);

    CREATE TABLE people (
        id uuid NOT NULL PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id),
        post_id uuid REFERENCES posts (id),
        name text NOT NULL,
        staff_number text NOT NULL,
        username text,
        password_hash text,
        active boolean NOT NULL,
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX people_staff_number ON people (staff_number);
    CREATE UNIQUE INDEX people_username ON people (username);
    CREATE INDEX people_organization ON people (organization_id);
    CREATE INDEX people_post ON people (post_id);

    CREATE TABLE person_roles (
        person_id uuid NOT NULL REFERENCES people (id),
        role text NOT NULL,
        granted_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, role)
    );

    CREATE TABLE wechat_identities (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        app_id text NOT NULL,
        openid text NOT NULL,
        unionid text,
        bound_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX wechat_identities_app_openid ON wechat_identities (app_id, openid);
    CREATE UNIQUE INDEX wechat_identities_app_person ON wechat_identities (app_id, person_id);

    CREATE TABLE sign_ins (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        client text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_because text
    );
    CREATE INDEX sign_ins_person ON sign_ins (person_id);

    CREATE TABLE refresh_tokens (
        hash bytea NOT NULL PRIMARY KEY,
        sign_in_id uuid NOT NULL REFERENCES sign_ins (id),
        created_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX refresh_tokens_sign_in ON refresh_tokens (sign_in_id);
    "
);
