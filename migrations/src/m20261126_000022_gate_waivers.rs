//! Who let a course be published without which of its five lights, why and until when.

super::sql_migration!(
    "
    CREATE TABLE gate_waivers (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        lights jsonb NOT NULL,
        reason text NOT NULL,
        expires_on date NOT NULL,
        granted_by uuid NOT NULL REFERENCES people (id),
        granted_at timestamptz NOT NULL,
        ended_by uuid REFERENCES people (id),
        ended_at timestamptz
    );
    CREATE INDEX gate_waivers_course ON gate_waivers (course_id);
    "
);
