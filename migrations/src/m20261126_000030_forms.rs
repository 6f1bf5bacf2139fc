//! Which form a note or a question was typed into, so that what is sent twice is kept once.

super::sql_migration!(
    "
    ALTER TABLE lesson_notes ADD COLUMN form uuid;
    CREATE UNIQUE INDEX lesson_notes_form ON lesson_notes (person_id, form);
    ALTER TABLE enquiries ADD COLUMN form uuid;
    CREATE UNIQUE INDEX enquiries_form ON enquiries (person_id, form);
    "
);
