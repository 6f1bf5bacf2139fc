//! How far each course has come: its stage, its owner, its artefacts, and what comes before it.

super::sql_migration!(
    "
    CREATE TABLE course_builds (
        course_id uuid NOT NULL PRIMARY KEY REFERENCES courses (id),
        stage text NOT NULL,
        owner_id uuid REFERENCES people (id),
        updated_at timestamptz NOT NULL
    );

    CREATE TABLE course_artefacts (
        course_id uuid NOT NULL REFERENCES courses (id),
        slot text NOT NULL,
        state text NOT NULL,
        link text NOT NULL,
        media_id uuid REFERENCES media (id),
        submitted_by uuid REFERENCES people (id),
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (course_id, slot)
    );

    CREATE TABLE course_prerequisites (
        course_id uuid NOT NULL REFERENCES courses (id),
        needs_id uuid NOT NULL REFERENCES courses (id),
        position integer NOT NULL,
        PRIMARY KEY (course_id, needs_id)
    );
    "
);
