//! 标准仓: standards, their versions, the clauses of each, what links them to courses and questions,
//! and the index that finds Chinese text without spaces.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
        let search = match manager.get_database_backend() {
            DbBackend::Postgres => SEARCH_ON_POSTGRES,
            _ => SEARCH_ON_SQLITE,
        };
        db.execute_unprepared(search).await.map(drop)
    }

    /// A transaction on SQLite too, where it is not the default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
    CREATE TABLE standards (
        id uuid NOT NULL PRIMARY KEY,
        number text NOT NULL,
        title text NOT NULL,
        level text NOT NULL,
        organization text NOT NULL,
        organization_id uuid REFERENCES organizations (id),
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL
    );
    CREATE UNIQUE INDEX standards_number ON standards (number);

    CREATE TABLE standard_versions (
        id uuid NOT NULL PRIMARY KEY,
        standard_id uuid NOT NULL REFERENCES standards (id),
        label text NOT NULL,
        published_on date,
        effective_on date,
        withdrawn_on date,
        supersedes uuid REFERENCES standard_versions (id),
        stage text NOT NULL,
        import text NOT NULL,
        done integer NOT NULL,
        total integer NOT NULL,
        message text,
        revision integer NOT NULL,
        file_name text NOT NULL,
        file_hash bytea NOT NULL,
        clauses integer NOT NULL,
        musts integer NOT NULL,
        created_by uuid REFERENCES people (id),
        created_at timestamptz NOT NULL,
        confirmed_by uuid REFERENCES people (id),
        confirmed_at timestamptz
    );
    CREATE UNIQUE INDEX standard_versions_label ON standard_versions (standard_id, label);
    CREATE UNIQUE INDEX standard_versions_one_proposal ON standard_versions (standard_id)
        WHERE confirmed_at IS NULL;
    CREATE INDEX standard_versions_stage ON standard_versions (stage, effective_on);

    CREATE TABLE standard_sources (
        version_id uuid NOT NULL PRIMARY KEY REFERENCES standard_versions (id),
        file bytea,
        lines jsonb NOT NULL
    );

    CREATE TABLE clauses (
        id uuid NOT NULL PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES standard_versions (id),
        key uuid NOT NULL,
        parent_id uuid,
        position integer NOT NULL,
        depth integer NOT NULL,
        kind text NOT NULL,
        number text NOT NULL,
        title text NOT NULL,
        text text NOT NULL,
        force text NOT NULL,
        modality text NOT NULL,
        must boolean NOT NULL,
        line integer NOT NULL,
        lines integer NOT NULL
    );
    CREATE INDEX clauses_version_position ON clauses (version_id, position);
    CREATE UNIQUE INDEX clauses_version_key ON clauses (version_id, key);
    CREATE INDEX clauses_musts ON clauses (version_id, position) WHERE must;

    CREATE TABLE clause_posts (
        clause_id uuid NOT NULL REFERENCES clauses (id) ON DELETE CASCADE,
        post_id uuid NOT NULL REFERENCES posts (id),
        PRIMARY KEY (clause_id, post_id)
    );

    CREATE TABLE version_posts (
        version_id uuid NOT NULL REFERENCES standard_versions (id),
        post_id uuid NOT NULL REFERENCES posts (id),
        musts integer NOT NULL,
        PRIMARY KEY (version_id, post_id)
    );

    CREATE TABLE clause_links (
        id uuid NOT NULL PRIMARY KEY,
        clause_id uuid NOT NULL REFERENCES clauses (id),
        clause_key uuid NOT NULL,
        version_id uuid NOT NULL REFERENCES standard_versions (id),
        standard_id uuid NOT NULL REFERENCES standards (id),
        course_id uuid NOT NULL REFERENCES courses (id),
        lesson_id uuid REFERENCES lessons (id) ON DELETE CASCADE,
        question_id uuid REFERENCES questions (id),
        place text NOT NULL,
        card integer,
        card_title text,
        from_second integer,
        to_second integer,
        kind text NOT NULL,
        coverage text NOT NULL,
        dated boolean NOT NULL,
        state text NOT NULL,
        reason text,
        note text NOT NULL,
        author uuid NOT NULL REFERENCES people (id),
        reviewer uuid REFERENCES people (id),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        reviewed_at timestamptz
    );
    CREATE INDEX clause_links_clause ON clause_links (clause_id);
    CREATE INDEX clause_links_version ON clause_links (version_id, state);
    CREATE INDEX clause_links_course ON clause_links (course_id);
    CREATE INDEX clause_links_lesson ON clause_links (lesson_id);
    CREATE INDEX clause_links_question ON clause_links (question_id);
    CREATE INDEX clause_links_state ON clause_links (state, updated_at);
";

/// FTS5's own trigrams find nothing for words of two characters, which most Chinese words are. So
/// pairs of characters are made by the program, the same for both databases, and each is a token.
const SEARCH_ON_SQLITE: &str = "
    CREATE TABLE search_texts (
        id integer NOT NULL PRIMARY KEY,
        kind text NOT NULL,
        object_id uuid NOT NULL,
        group_id uuid NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        folded text NOT NULL,
        marked_at timestamptz NOT NULL
    );
    CREATE INDEX search_texts_object ON search_texts (kind, object_id);
    CREATE INDEX search_texts_group ON search_texts (group_id);
    CREATE VIRTUAL TABLE search_pairs USING fts5(
        pairs, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
    );
";

/// The same pairs as numbers: a GIN index over an array needs no extension, and no locale that knows
/// which characters are letters, as `pg_trgm` does.
const SEARCH_ON_POSTGRES: &str = "
    CREATE TABLE search_texts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL,
        object_id uuid NOT NULL,
        group_id uuid NOT NULL,
        title text NOT NULL,
        body text NOT NULL,
        folded text NOT NULL,
        pairs bigint[] NOT NULL,
        marked_at timestamptz NOT NULL
    );
    CREATE INDEX search_texts_object ON search_texts (kind, object_id);
    CREATE INDEX search_texts_group ON search_texts (group_id);
    CREATE INDEX search_texts_pairs ON search_texts USING gin (pairs);
";
