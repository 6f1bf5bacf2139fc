//! Changes of where somebody works that are known before the day from which they count.

super::sql_migration!(
    "
    CREATE TABLE planned_moves (
        person_id uuid NOT NULL PRIMARY KEY REFERENCES people (id),
        organization_id uuid NOT NULL REFERENCES organizations (id),
        team_id uuid REFERENCES teams (id),
        post_id uuid REFERENCES posts (id),
        active boolean NOT NULL,
        from_on date NOT NULL,
        planned_by uuid NOT NULL REFERENCES people (id),
        planned_at timestamptz NOT NULL,
        trouble text
    );
    CREATE INDEX planned_moves_day ON planned_moves (from_on);
    "
);
