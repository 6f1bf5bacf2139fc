//! Whose words subtitles have, by the name that a revision has for the text; without a name, who took
//! them away.

super::sql_migration!(
    "
    CREATE TABLE subtitle_writers (
        media_id uuid NOT NULL REFERENCES media (id),
        name text NOT NULL,
        person_id uuid NOT NULL REFERENCES people (id),
        PRIMARY KEY (media_id, name, person_id)
    );
    "
);
