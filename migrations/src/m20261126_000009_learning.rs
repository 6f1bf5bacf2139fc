//! What somebody's study is measured by, and what learners keep of it: favourites, notes, questions to
//! instructors, ratings, and the learning path of a post.

super::sql_migration!(
    "
    ALTER TABLE lesson_progress ADD COLUMN turn bigint NOT NULL DEFAULT 0;
    ALTER TABLE lesson_progress ADD COLUMN credit_ms integer NOT NULL DEFAULT 0;
    ALTER TABLE lesson_progress ADD COLUMN positioned_at timestamptz;
    UPDATE lesson_progress SET positioned_at = updated_at, turn = (
        SELECT count(*) FROM lesson_progress AS earlier
        WHERE earlier.person_id = lesson_progress.person_id
        AND (earlier.updated_at < lesson_progress.updated_at
            OR (earlier.updated_at = lesson_progress.updated_at
                AND earlier.lesson_id <= lesson_progress.lesson_id))
    );
    CREATE UNIQUE INDEX lesson_progress_turn ON lesson_progress (person_id, turn) WHERE turn > 0;

    CREATE TABLE favourite_courses (
        person_id uuid NOT NULL REFERENCES people (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        kept_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, course_id)
    );

    CREATE TABLE lesson_notes (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        lesson_id uuid NOT NULL,
        text text NOT NULL,
        written_at timestamptz NOT NULL
    );
    CREATE INDEX lesson_notes_person ON lesson_notes (person_id, id);

    CREATE TABLE enquiries (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        lesson_id uuid NOT NULL,
        text text NOT NULL,
        asked_at timestamptz NOT NULL,
        answer text,
        answered_by uuid REFERENCES people (id),
        answered_at timestamptz
    );
    CREATE INDEX enquiries_person ON enquiries (person_id, id);
    CREATE INDEX enquiries_open ON enquiries (course_id) WHERE answered_at IS NULL;

    CREATE TABLE course_ratings (
        person_id uuid NOT NULL REFERENCES people (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        stars integer NOT NULL,
        comment text NOT NULL,
        rated_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, course_id)
    );
    CREATE INDEX course_ratings_course ON course_ratings (course_id);

    CREATE TABLE post_path_courses (
        post_id uuid NOT NULL REFERENCES posts (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        position integer NOT NULL,
        PRIMARY KEY (post_id, course_id)
    );
    "
);
