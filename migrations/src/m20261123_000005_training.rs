//! Training sessions, enrolments, check-ins.

super::sql_migration!(
    "
    CREATE TABLE training_sessions (
        id uuid NOT NULL PRIMARY KEY,
        title text NOT NULL,
        course_id uuid REFERENCES courses (id),
        place text NOT NULL,
        notes text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        instructor_id uuid NOT NULL REFERENCES people (id),
        seats integer NOT NULL,
        taken integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL,
        cancelled_at timestamptz,
        CHECK (taken >= 0 AND taken <= seats)
    );
    CREATE INDEX training_sessions_time ON training_sessions (ends_at);
    CREATE INDEX training_sessions_instructor ON training_sessions (instructor_id);
    CREATE INDEX training_sessions_course ON training_sessions (course_id);

    CREATE TABLE enrollments (
        session_id uuid NOT NULL REFERENCES training_sessions (id),
        person_id uuid NOT NULL REFERENCES people (id),
        enrolled_at timestamptz NOT NULL,
        PRIMARY KEY (session_id, person_id)
    );
    CREATE INDEX enrollments_person ON enrollments (person_id);

    CREATE TABLE check_ins (
        session_id uuid NOT NULL REFERENCES training_sessions (id),
        person_id uuid NOT NULL REFERENCES people (id),
        checked_in_at timestamptz NOT NULL,
        method text NOT NULL,
        by_person_id uuid REFERENCES people (id),
        reason text,
        PRIMARY KEY (session_id, person_id)
    );
    CREATE INDEX check_ins_person ON check_ins (person_id);

    CREATE TABLE check_in_tickets (
        hash bytea NOT NULL PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES training_sessions (id),
        person_id uuid REFERENCES people (id),
        method text NOT NULL,
        scanned_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
    );
    CREATE INDEX check_in_tickets_expiry ON check_in_tickets (expires_at);
    "
);
