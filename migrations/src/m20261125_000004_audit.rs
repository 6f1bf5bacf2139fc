//! The audit log: what is about to be sealed, the chain, and what was signed of it. The last two
//! only grow: triggers refuse anything else. On SQLite whoever owns the file can drop them, and on
//! PostgreSQL whoever owns the table can; what they do then is found by `fingertip audit verify`.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
        let append_only = match manager.get_database_backend() {
            DbBackend::Postgres => APPEND_ONLY_ON_POSTGRES,
            _ => APPEND_ONLY_ON_SQLITE,
        };
        db.execute_unprepared(append_only).await.map(drop)
    }

    /// A transaction on SQLite too, where it is not the default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const TABLES: &str = "
    CREATE TABLE audit_pending (
        id uuid NOT NULL PRIMARY KEY,
        at timestamptz NOT NULL,
        canonical text NOT NULL
    );

    CREATE TABLE audit_log (
        seq bigint NOT NULL PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        prev bytea NOT NULL UNIQUE,
        hash bytea NOT NULL,
        canonical text NOT NULL,
        at timestamptz NOT NULL,
        event text NOT NULL,
        outcome text NOT NULL,
        person_id uuid,
        organization_id uuid,
        object_kind text NOT NULL,
        object_id text,
        sealed_at timestamptz NOT NULL
    );
    CREATE INDEX audit_log_at ON audit_log (at);
    CREATE INDEX audit_log_person ON audit_log (person_id, seq);
    CREATE INDEX audit_log_event ON audit_log (event, seq);
    CREATE INDEX audit_log_object ON audit_log (object_id, seq);

    CREATE TABLE audit_checkpoints (
        seq bigint NOT NULL PRIMARY KEY,
        at timestamptz NOT NULL,
        head bytea NOT NULL,
        line text NOT NULL
    );

    CREATE TABLE audit_sealer (
        id integer NOT NULL PRIMARY KEY CHECK (id = 1),
        lease_owner uuid,
        lease_until timestamptz,
        verified_seq bigint,
        verified_at timestamptz,
        verified_ok boolean
    );
    INSERT INTO audit_sealer (id) VALUES (1);
    ";

const APPEND_ONLY_ON_POSTGRES: &str = "
    CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
        END
    $$;
    CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
    CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
    CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE ON audit_checkpoints
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
    CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON audit_checkpoints
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
    CREATE TRIGGER audit_pending_unchanged BEFORE UPDATE ON audit_pending
        FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
    ";

/// `INSERT OR REPLACE` deletes without telling a trigger, so it is refused on its own.
const APPEND_ONLY_ON_SQLITE: &str = "
    CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
    CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
        BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
    CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log
        WHEN EXISTS (SELECT 1 FROM audit_log
            WHERE seq = NEW.seq OR id = NEW.id OR prev = NEW.prev)
        BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END;
    CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints
        BEGIN SELECT RAISE(ABORT, 'audit_checkpoints is append-only'); END;
    CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints
        BEGIN SELECT RAISE(ABORT, 'audit_checkpoints is append-only'); END;
    CREATE TRIGGER audit_checkpoints_no_replace BEFORE INSERT ON audit_checkpoints
        WHEN EXISTS (SELECT 1 FROM audit_checkpoints WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'audit_checkpoints is append-only'); END;
    CREATE TRIGGER audit_pending_no_update BEFORE UPDATE ON audit_pending
        BEGIN SELECT RAISE(ABORT, 'audit_pending is append-only'); END;
    ";
