//! Roles with a scope in place of roles alone, and to whom courses, sessions and imports belong.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLES: &str = "
    CREATE TABLE role_grants (
        id uuid NOT NULL PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people (id),
        role text NOT NULL,
        scope text NOT NULL,
        scope_id uuid,
        granted_by uuid REFERENCES people (id),
        granted_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_by uuid REFERENCES people (id)
    );
    CREATE INDEX role_grants_person ON role_grants (person_id);
    CREATE INDEX role_grants_scope ON role_grants (scope_id);
    CREATE UNIQUE INDEX role_grants_whole ON role_grants (person_id, role, scope)
        WHERE ended_at IS NULL AND scope_id IS NULL;
    CREATE UNIQUE INDEX role_grants_part ON role_grants (person_id, role, scope, scope_id)
        WHERE ended_at IS NULL AND scope_id IS NOT NULL;
    CREATE UNIQUE INDEX role_grants_administrator ON role_grants (person_id)
        WHERE ended_at IS NULL AND role IN ('system_admin', 'security_admin', 'auditor');

    ALTER TABLE courses ADD COLUMN organization_id uuid REFERENCES organizations (id);
    CREATE INDEX courses_organization ON courses (organization_id);
    ALTER TABLE training_sessions ADD COLUMN organization_id uuid REFERENCES organizations (id);
    CREATE INDEX training_sessions_organization ON training_sessions (organization_id);
";

/// Until now team leaders led their organisation, and everybody else's role was for all.
const GRANTS: &str = "
    INSERT INTO role_grants (id, person_id, role, scope, scope_id, granted_at)
        SELECT {new_id}, held.person_id, held.role, 'organization', person.organization_id,
            held.granted_at
        FROM person_roles AS held JOIN people AS person ON person.id = held.person_id
        WHERE held.role = 'team_leader';
    INSERT INTO role_grants (id, person_id, role, scope, granted_at)
        SELECT {new_id}, person_id, role, 'bureau', granted_at FROM person_roles
        WHERE role NOT IN ('learner', 'team_leader');
    DROP TABLE person_roles;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let new_id = match manager.get_database_backend() {
            DbBackend::Postgres => "gen_random_uuid()",
            _ => "randomblob(16)",
        };
        let db = manager.get_connection();
        db.execute_unprepared(TABLES).await?;
        db.execute_unprepared(&GRANTS.replace("{new_id}", new_id)).await.map(drop)
    }

    /// A transaction on SQLite too, where it is not the default.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
