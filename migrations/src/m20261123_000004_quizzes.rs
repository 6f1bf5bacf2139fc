//! Quizzes, immutable question versions with their keys apart, attempts, answers, results.

super::sql_migration!(
    "
    CREATE TABLE quizzes (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        title text NOT NULL,
        pass_mark integer NOT NULL,
        minutes integer NOT NULL,
        attempts integer NOT NULL,
        release_policy text NOT NULL,
        opens_at timestamptz,
        closes_at timestamptz,
        version integer NOT NULL,
        updated_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX quizzes_course ON quizzes (course_id);

    CREATE TABLE questions (
        id uuid NOT NULL PRIMARY KEY,
        quiz_id uuid NOT NULL REFERENCES quizzes (id),
        position integer NOT NULL,
        current_version_id uuid NOT NULL,
        removed_at timestamptz
    );
    CREATE INDEX questions_quiz ON questions (quiz_id, position);

    CREATE TABLE question_versions (
        id uuid NOT NULL PRIMARY KEY,
        question_id uuid NOT NULL REFERENCES questions (id),
        kind text NOT NULL,
        stem text NOT NULL,
        options jsonb NOT NULL,
        created_at timestamptz NOT NULL
    );

    CREATE TABLE question_keys (
        question_version_id uuid NOT NULL PRIMARY KEY REFERENCES question_versions (id),
        correct jsonb NOT NULL,
        explanation text NOT NULL
    );

    CREATE TABLE attempts (
        id uuid NOT NULL PRIMARY KEY,
        quiz_id uuid NOT NULL REFERENCES quizzes (id),
        person_id uuid NOT NULL REFERENCES people (id),
        number integer NOT NULL,
        state text NOT NULL,
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        writer_epoch integer NOT NULL,
        writer uuid,
        secret bytea NOT NULL,
        pass_mark integer NOT NULL,
        submitted_at timestamptz,
        submit_reason text
    );
    CREATE UNIQUE INDEX attempts_quiz_person_number ON attempts (quiz_id, person_id, number);
    CREATE UNIQUE INDEX attempts_one_running ON attempts (quiz_id, person_id)
        WHERE state = 'in_progress';
    CREATE INDEX attempts_overdue ON attempts (deadline_at) WHERE state = 'in_progress';
    CREATE INDEX attempts_person ON attempts (person_id);

    CREATE TABLE attempt_items (
        attempt_id uuid NOT NULL REFERENCES attempts (id),
        position integer NOT NULL,
        question_version_id uuid NOT NULL REFERENCES question_versions (id),
        kind text NOT NULL,
        option_order jsonb NOT NULL,
        PRIMARY KEY (attempt_id, position)
    );

    CREATE TABLE answers (
        attempt_id uuid NOT NULL REFERENCES attempts (id),
        position integer NOT NULL,
        chosen jsonb NOT NULL,
        client_seq bigint NOT NULL,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, position)
    );

    CREATE TABLE results (
        attempt_id uuid NOT NULL REFERENCES attempts (id),
        grading_version integer NOT NULL,
        score integer NOT NULL,
        correct integer NOT NULL,
        questions integer NOT NULL,
        passed boolean NOT NULL,
        right_positions jsonb NOT NULL,
        graded_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, grading_version)
    );
    "
);
