//! Whether learners get now what a clause is linked to, so that the heat map counts by one index; what
//! a step card was called before; and why a link was given back.

super::sql_migration!(
    "
    ALTER TABLE clause_links ADD COLUMN live boolean NOT NULL DEFAULT false;
    ALTER TABLE clause_links ADD COLUMN former_titles jsonb NOT NULL DEFAULT '[]';
    ALTER TABLE clause_links ADD COLUMN returned text NOT NULL DEFAULT '';

    UPDATE clause_links SET live = true WHERE EXISTS (
        SELECT 1 FROM courses
        JOIN revision_lessons ON revision_lessons.revision_id = courses.live_revision_id
        WHERE courses.id = clause_links.course_id AND courses.status = 'published'
            AND revision_lessons.lesson_id = clause_links.lesson_id
    ) OR EXISTS (
        SELECT 1 FROM courses
        JOIN quiz_revision_questions
            ON quiz_revision_questions.revision_id = courses.live_revision_id
        JOIN question_versions
            ON question_versions.id = quiz_revision_questions.question_version_id
        WHERE courses.id = clause_links.course_id AND courses.status = 'published'
            AND question_versions.question_id = clause_links.question_id
    );

    DROP INDEX clause_links_counted;
    CREATE INDEX clause_links_counted ON clause_links
        (live, state, version_id, kind, clause_id);
    "
);
