//! Courses, chapters, lessons; what is assigned to whom, and how far they got.

super::sql_migration!(
    "
    CREATE TABLE courses (
        id uuid NOT NULL PRIMARY KEY,
        level text NOT NULL,
        category text NOT NULL,
        title text NOT NULL,
        summary text NOT NULL,
        cover jsonb,
        status text NOT NULL,
        version integer NOT NULL,
        lessons integer NOT NULL,
        minutes integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        published_at timestamptz,
        retired_at timestamptz
    );
    CREATE INDEX courses_status ON courses (status, published_at);

    CREATE TABLE course_posts (
        course_id uuid NOT NULL REFERENCES courses (id),
        post_id uuid NOT NULL REFERENCES posts (id),
        PRIMARY KEY (course_id, post_id)
    );
    CREATE INDEX course_posts_post ON course_posts (post_id);

    CREATE TABLE chapters (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        position integer NOT NULL,
        title text NOT NULL
    );
    CREATE INDEX chapters_course ON chapters (course_id, position);

    CREATE TABLE lessons (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        chapter_id uuid NOT NULL REFERENCES chapters (id),
        position integer NOT NULL,
        title text NOT NULL,
        kind text NOT NULL,
        minutes integer NOT NULL,
        content jsonb NOT NULL,
        ready boolean NOT NULL,
        version integer NOT NULL,
        updated_at timestamptz NOT NULL
    );
    CREATE INDEX lessons_course ON lessons (course_id);
    CREATE INDEX lessons_chapter ON lessons (chapter_id, position);

    CREATE TABLE lesson_progress (
        person_id uuid NOT NULL REFERENCES people (id),
        lesson_id uuid NOT NULL REFERENCES lessons (id) ON DELETE CASCADE,
        course_id uuid NOT NULL REFERENCES courses (id),
        position integer NOT NULL,
        percent integer NOT NULL,
        watched jsonb NOT NULL,
        started_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        finished_at timestamptz,
        PRIMARY KEY (person_id, lesson_id)
    );
    CREATE INDEX lesson_progress_course ON lesson_progress (course_id, person_id);

    CREATE TABLE assignments (
        id uuid NOT NULL PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES courses (id),
        target text NOT NULL,
        due_on date NOT NULL,
        people integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL
    );
    CREATE INDEX assignments_course ON assignments (course_id);

    CREATE TABLE assignment_people (
        assignment_id uuid NOT NULL REFERENCES assignments (id),
        person_id uuid NOT NULL REFERENCES people (id),
        PRIMARY KEY (assignment_id, person_id)
    );
    CREATE INDEX assignment_people_person ON assignment_people (person_id);
    "
);
