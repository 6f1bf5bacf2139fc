//! The first people of an installation, from its server's command line: nobody can be given a role
//! by somebody until there is somebody.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::{
    accounts::{PersonId, Role, binding::Invitation},
    grants::{GrantRole, Scope, ScopeKind, kinds_of_scope},
    organizations::{OrganizationId, OrganizationKind},
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::giving::write_down;
use crate::{
    App, Result,
    accounts::{entity::person, passwords, roster},
    audit::Actor,
    db::Transaction,
    organizations,
};

/// Who gets which role for the whole bureau.
#[derive(Debug, Clone)]
pub struct Appointment {
    /// 工号
    pub staff_number: String,
    pub role: Role,
    /// What somebody is called who is not on the roster yet.
    pub name: Option<String>,
    /// The bureau's name, where it is not known yet.
    pub bureau: Option<String>,
}

/// Gives the role, and a code with which they set the password for the console.
///
/// # Errors
/// `invalid_request` for a role that is not for the whole bureau, or that goes together with nothing
/// that they hold; `not_found` for a 工号 that nobody has, without a name for it.
pub async fn appoint(app: &App, appointment: Appointment) -> Result<Invitation> {
    if !kinds_of_scope(appointment.role).contains(&ScopeKind::Bureau) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("role", "这个角色不是全局的，请在管理台授予").into());
    }
    let clock = app.clock.clone();
    let write = app.db.write(move |tx| {
        Box::pin(async move {
            let now = clock.now(tx).await?;
            let person = known_or_new(tx, &appointment, now).await?;
            let request = GrantRole { person, role: appointment.role, scope: Scope::BUREAU };
            write_down(tx, Actor::SYSTEM, request, None, now).await?;
            Ok(person)
        })
    });
    let person = write.await?;
    app.callers.forget_all();
    passwords::first_code(app, person).await
}

async fn known_or_new(
    tx: &Transaction,
    appointment: &Appointment,
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let Appointment { staff_number, name, bureau, .. } = appointment;
    let find = person::Entity::find().filter(person::Column::StaffNumber.eq(staff_number));
    if let Some(known) = find.one(tx).await? {
        return Ok(known.id);
    }
    let name = name.clone().ok_or(Code::NotFound)?;
    let id = PersonId(Uuid::now_v7());
    let new = person::Model {
        id,
        organization_id: bureau_of(tx, bureau.as_deref(), now).await?,
        post_id: None,
        name,
        staff_number: staff_number.clone(),
        username: None,
        password_hash: None,
        active: true,
        created_at: now,
    };
    roster::add(tx, vec![new]).await?;
    Ok(id)
}

/// The bureau, made where there is none yet.
async fn bureau_of(
    tx: &Transaction,
    name: Option<&str>,
    now: DateTime<Utc>,
) -> Result<OrganizationId> {
    let all = organizations::all_organizations(tx).await?;
    if let Some(known) = all.into_values().find(|it| it.kind == OrganizationKind::Bureau) {
        return Ok(known.id);
    }
    let name = name.unwrap_or(OrganizationKind::Bureau.label());
    let kind = OrganizationKind::Bureau;
    Ok(organizations::add_organization(tx, name, kind, None, now).await?.id)
}
