//! The roster: teams, what is told about people in confidence, the history of who worked where, and
//! imports.

super::sql_migration!(
    "
    CREATE TABLE teams (
        id uuid NOT NULL PRIMARY KEY,
        organization_id uuid NOT NULL REFERENCES organizations (id),
        name text NOT NULL,
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX teams_organization_name ON teams (organization_id, name);

    CREATE TABLE person_particulars (
        person_id uuid NOT NULL PRIMARY KEY REFERENCES people (id),
        team_id uuid REFERENCES teams (id),
        sealed_phone bytea,
        phone_index bytea,
        sealed_id_card bytea,
        id_card_index bytea
    );
    CREATE INDEX person_particulars_team ON person_particulars (team_id);
    CREATE UNIQUE INDEX person_particulars_phone ON person_particulars (phone_index);
    CREATE UNIQUE INDEX person_particulars_id_card ON person_particulars (id_card_index);

    CREATE TABLE memberships (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        organization_id uuid NOT NULL REFERENCES organizations (id),
        team_id uuid REFERENCES teams (id),
        post_id uuid REFERENCES posts (id),
        from_on date NOT NULL,
        to_on date
    );
    CREATE UNIQUE INDEX memberships_current ON memberships (person_id) WHERE to_on IS NULL;
    CREATE INDEX memberships_person ON memberships (person_id, from_on);
    CREATE INDEX memberships_organization ON memberships (organization_id);

    INSERT INTO memberships (id, person_id, organization_id, post_id, from_on)
        SELECT id, id, organization_id, post_id, date(created_at) FROM people WHERE active;

    CREATE TABLE roster_imports (
        id uuid NOT NULL PRIMARY KEY,
        file_name text NOT NULL,
        state text NOT NULL,
        row_count integer NOT NULL,
        counts jsonb NOT NULL,
        message text,
        roster_mark bytea,
        skip_bad boolean NOT NULL,
        with_leavers boolean NOT NULL,
        created_by uuid NOT NULL REFERENCES people (id),
        created_at timestamptz NOT NULL,
        applied_at timestamptz
    );
    CREATE INDEX roster_imports_time ON roster_imports (created_at);

    CREATE TABLE roster_sheets (
        import_id uuid NOT NULL PRIMARY KEY REFERENCES roster_imports (id),
        sealed_rows bytea NOT NULL,
        sealed_verdicts bytea
    );
    "
);
