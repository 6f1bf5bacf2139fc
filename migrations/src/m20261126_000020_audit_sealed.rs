//! What is sealed leaves the queue by itself, with the rights of whoever owns the tables: a server may
//! add to the log and to the queue, and need not be able to take anything away.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let trigger = match manager.get_database_backend() {
            DbBackend::Postgres => ON_POSTGRES,
            _ => ON_SQLITE,
        };
        manager.get_connection().execute_unprepared(trigger).await.map(drop)
    }

    /// A transaction on SQLite too, where it is not the default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The names are looked up where the table is, not where the caller would like.
const ON_POSTGRES: &str = "
    CREATE FUNCTION audit_leaves_the_queue() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            EXECUTE format('DELETE FROM %I.audit_pending AS waiting USING sealed
                WHERE waiting.id = sealed.id AND waiting.canonical = sealed.canonical',
                TG_TABLE_SCHEMA);
            RETURN NULL;
        END
    $$;
    CREATE TRIGGER audit_log_sealed AFTER INSERT ON audit_log
        REFERENCING NEW TABLE AS sealed
        FOR EACH STATEMENT EXECUTE FUNCTION audit_leaves_the_queue();
    ";

const ON_SQLITE: &str = "
    CREATE TRIGGER audit_log_sealed AFTER INSERT ON audit_log
        BEGIN
            DELETE FROM audit_pending WHERE id = NEW.id AND canonical = NEW.canonical;
        END;
    ";
