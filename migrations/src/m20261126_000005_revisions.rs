//! Revisions of courses: what learners read is frozen, and what officers write lies beside it.
//!
//! Of every course that learners have seen the first revision is made here; it has the course's own
//! id, and no checksum, which only the program can compute.

super::sql_migration!(
    "
    CREATE TABLE course_revisions (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        number integer NOT NULL,
        state text NOT NULL,
        level text NOT NULL,
        category text NOT NULL,
        title text NOT NULL,
        summary text NOT NULL,
        cover jsonb,
        lessons integer NOT NULL,
        minutes integer NOT NULL,
        checksum text,
        note text NOT NULL,
        restored_from integer,
        written_by uuid REFERENCES people (id),
        written_at timestamptz NOT NULL,
        checked_by uuid REFERENCES people (id),
        checked_at timestamptz,
        approved_by uuid REFERENCES people (id),
        approved_at timestamptz,
        returned_by uuid REFERENCES people (id),
        returned_at timestamptz,
        reason text NOT NULL,
        publish_at timestamptz,
        learners text NOT NULL,
        published_by uuid REFERENCES people (id),
        published_at timestamptz
    );
    CREATE UNIQUE INDEX course_revisions_number ON course_revisions (course_id, number);
    CREATE UNIQUE INDEX course_revisions_one_open ON course_revisions (course_id)
        WHERE state IN ('submitted', 'checked', 'approved', 'scheduled');

    CREATE TABLE revision_posts (
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        post_id uuid NOT NULL REFERENCES posts (id),
        PRIMARY KEY (revision_id, post_id)
    );
    CREATE INDEX revision_posts_post ON revision_posts (post_id);

    CREATE TABLE revision_lessons (
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        lesson_id uuid NOT NULL REFERENCES lessons (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        place integer NOT NULL,
        chapter_id uuid NOT NULL REFERENCES chapters (id),
        chapter_title text NOT NULL,
        title text NOT NULL,
        kind text NOT NULL,
        minutes integer NOT NULL,
        content jsonb NOT NULL,
        PRIMARY KEY (revision_id, lesson_id)
    );
    CREATE INDEX revision_lessons_place ON revision_lessons (revision_id, place);
    CREATE INDEX revision_lessons_lesson ON revision_lessons (lesson_id);

    CREATE TABLE revision_files (
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        media_id uuid NOT NULL REFERENCES media (id),
        PRIMARY KEY (revision_id, media_id)
    );
    CREATE INDEX revision_files_media ON revision_files (media_id);

    CREATE TABLE quiz_revisions (
        revision_id uuid NOT NULL PRIMARY KEY REFERENCES course_revisions (id),
        quiz_id uuid NOT NULL REFERENCES quizzes (id),
        title text NOT NULL,
        pass_mark integer NOT NULL,
        minutes integer NOT NULL,
        attempts integer NOT NULL,
        release_policy text NOT NULL,
        opens_at timestamptz,
        closes_at timestamptz
    );

    CREATE TABLE quiz_revision_questions (
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        position integer NOT NULL,
        question_version_id uuid NOT NULL REFERENCES question_versions (id),
        PRIMARY KEY (revision_id, position)
    );

    CREATE TABLE course_pins (
        person_id uuid NOT NULL REFERENCES people (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        revision_id uuid NOT NULL REFERENCES course_revisions (id),
        PRIMARY KEY (person_id, course_id)
    );
    CREATE INDEX course_pins_course ON course_pins (course_id);

    ALTER TABLE courses ADD COLUMN live_revision_id uuid;
    ALTER TABLE chapters ADD COLUMN removed_at timestamptz;
    ALTER TABLE lessons ADD COLUMN removed_at timestamptz;
    ALTER TABLE attempts ADD COLUMN revision_id uuid;
    ALTER TABLE lesson_progress ADD COLUMN revision_id uuid;

    INSERT INTO course_revisions (id, course_id, number, state, level, category, title, summary,
        cover, lessons, minutes, note, written_by, written_at, reason, learners, published_at)
    SELECT id, id, 1, CASE status WHEN 'published' THEN 'live' ELSE 'retired' END, level, category,
        title, summary, cover, lessons, minutes, '', created_by, published_at, '', 'move_on',
        published_at
    FROM courses WHERE status <> 'draft' AND published_at IS NOT NULL;

    INSERT INTO revision_posts (revision_id, post_id)
    SELECT course_id, post_id FROM course_posts
    WHERE course_id IN (SELECT id FROM course_revisions);

    INSERT INTO revision_lessons (revision_id, lesson_id, course_id, place, chapter_id,
        chapter_title, title, kind, minutes, content)
    SELECT lessons.course_id, lessons.id, lessons.course_id,
        row_number() OVER (PARTITION BY lessons.course_id
            ORDER BY chapters.position, chapters.id, lessons.position, lessons.id),
        lessons.chapter_id, chapters.title, lessons.title, lessons.kind, lessons.minutes,
        lessons.content
    FROM lessons JOIN chapters ON chapters.id = lessons.chapter_id
    WHERE lessons.ready AND lessons.course_id IN (SELECT id FROM course_revisions);

    INSERT INTO revision_files (revision_id, media_id)
    SELECT course_id, media_id FROM course_files
    WHERE course_id IN (SELECT id FROM course_revisions);

    INSERT INTO quiz_revisions (revision_id, quiz_id, title, pass_mark, minutes, attempts,
        release_policy, opens_at, closes_at)
    SELECT course_id, id, title, pass_mark, minutes, attempts, release_policy, opens_at, closes_at
    FROM quizzes WHERE course_id IN (SELECT id FROM course_revisions);

    INSERT INTO quiz_revision_questions (revision_id, position, question_version_id)
    SELECT quizzes.course_id,
        row_number() OVER (PARTITION BY questions.quiz_id ORDER BY questions.position, questions.id),
        questions.current_version_id
    FROM questions JOIN quizzes ON quizzes.id = questions.quiz_id
    WHERE questions.removed_at IS NULL
        AND quizzes.course_id IN (SELECT id FROM course_revisions);

    UPDATE courses SET live_revision_id = id
    WHERE id IN (SELECT id FROM course_revisions);
    UPDATE lesson_progress SET revision_id = course_id
    WHERE course_id IN (SELECT id FROM course_revisions);
    UPDATE attempts SET revision_id =
        (SELECT course_id FROM quizzes WHERE quizzes.id = attempts.quiz_id);
    "
);
