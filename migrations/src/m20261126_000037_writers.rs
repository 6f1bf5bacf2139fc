//! Who has written the draft of a course, and what was frozen of it: all of them, not only whoever
//! submitted it.

super::sql_migration!(
    "
    CREATE TABLE course_writers (
        course_id uuid NOT NULL REFERENCES courses (id),
        person_id uuid NOT NULL REFERENCES people (id),
        wrote_at timestamptz NOT NULL,
        PRIMARY KEY (course_id, person_id)
    );

    CREATE TABLE revision_writers (
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        person_id uuid NOT NULL REFERENCES people (id),
        PRIMARY KEY (revision_id, person_id)
    );
    INSERT INTO revision_writers (revision_id, person_id)
    SELECT id, written_by FROM course_revisions WHERE written_by IS NOT NULL;

    INSERT INTO course_writers (course_id, person_id, wrote_at)
    SELECT revisions.course_id, revisions.written_by, max(revisions.written_at)
    FROM course_revisions revisions
    JOIN courses ON courses.id = revisions.course_id
    LEFT JOIN course_revisions live ON live.id = courses.live_revision_id
    WHERE revisions.written_by IS NOT NULL
        AND (live.id IS NULL OR revisions.number > live.number)
    GROUP BY revisions.course_id, revisions.written_by;

    INSERT INTO course_writers (course_id, person_id, wrote_at)
    SELECT id, created_by, created_at FROM courses
    WHERE created_by IS NOT NULL AND live_revision_id IS NULL
    ON CONFLICT DO NOTHING;
    "
);
