//! 随堂自测: questions at the end of a lesson, their keys, and what learners answered. A question never
//! changes; a lesson, and each revision of it, lists those that it asks.

super::sql_migration!(
    "
    CREATE TABLE check_questions (
        id uuid NOT NULL PRIMARY KEY,
        lesson_id uuid NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
        kind text NOT NULL,
        stem text NOT NULL,
        options jsonb NOT NULL
    );
    CREATE INDEX check_questions_lesson ON check_questions (lesson_id);

    CREATE TABLE check_keys (
        check_id uuid NOT NULL PRIMARY KEY REFERENCES check_questions (id) ON DELETE CASCADE,
        correct jsonb NOT NULL,
        explanation text NOT NULL
    );

    CREATE TABLE lesson_checks (
        lesson_id uuid NOT NULL PRIMARY KEY REFERENCES lessons (id) ON DELETE CASCADE,
        version integer NOT NULL,
        checks jsonb NOT NULL
    );
    ALTER TABLE revision_lessons ADD COLUMN checks jsonb NOT NULL DEFAULT '[]';

    CREATE TABLE check_answers (
        person_id uuid NOT NULL REFERENCES people (id),
        check_id uuid NOT NULL REFERENCES check_questions (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        lesson_id uuid NOT NULL REFERENCES lessons (id),
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        chosen jsonb NOT NULL,
        correct boolean NOT NULL,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, check_id)
    );

    ALTER TABLE lesson_progress ADD COLUMN ended_at timestamptz;
    "
);
