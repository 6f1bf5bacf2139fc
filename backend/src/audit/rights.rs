//! A PostgreSQL role for servers, apart from the one that owns the tables: it adds to the audit log
//! and cannot change it, nor take away what keeps others from changing it.

use anyhow::anyhow;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{Result, db::Db};

/// Gives a role that exists what a server needs, and no more. Repeated, it does no harm; tables that
/// later versions bring are included.
///
/// # Errors
/// Where the database is not PostgreSQL or the name is none, or for who is not the owner.
pub async fn confine(db: &Db, role: &str) -> Result<()> {
    let plain =
        |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    if db.backend() != DbBackend::Postgres {
        return Err(anyhow!("SQLite knows no roles: whoever has the file owns it").into());
    }
    if role.is_empty() || !role.bytes().all(plain) {
        return Err(anyhow!("a role is named in lower-case letters, digits and _").into());
    }
    let grants = GRANTS.replace("$role", role);
    db.write(move |tx| {
        Box::pin(async move {
            tx.execute_unprepared(&grants).await?;
            Ok(())
        })
    })
    .await
}

/// The queue is left by what is sealed only, which a trigger of the owner's sees to.
const GRANTS: &str = "
    GRANT USAGE ON SCHEMA public TO $role;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO $role;
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO $role;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO $role;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO $role;
    REVOKE UPDATE, DELETE ON audit_log, audit_checkpoints, audit_pending FROM $role;
    REVOKE INSERT, DELETE ON audit_sealer FROM $role;
    REVOKE INSERT, UPDATE, DELETE ON seaql_migrations FROM $role;
    ";
