//! Who may give which role, and for what.

use shared::{
    accounts::Role,
    grants::{Scope, ScopeKind, kinds_of_scope},
    organizations::OrganizationId,
};

use crate::accounts::{Caller, reach::Reach};

/// The people whose roles the caller may look at: 系统管理员 everybody's, 经办 those in reach.
pub(super) fn people(caller: &Caller) -> Reach {
    if caller.is(Role::SystemAdmin) {
        return Reach::everything();
    }
    caller.reach(Role::TrainingOfficer)
}

/// Whether the caller may give and take a role at all: 经办 appoint team leaders and instructors,
/// 系统管理员 everybody. Nobody can be made a learner, who is one by being on the roster.
pub(super) fn gives(caller: &Caller, role: Role) -> bool {
    match role {
        Role::Learner => false,
        Role::TeamLeader | Role::Instructor => {
            caller.is(Role::SystemAdmin) || caller.is(Role::TrainingOfficer)
        }
        _ => caller.is(Role::SystemAdmin),
    }
}

/// Whether the caller may take the role from whoever holds it, whatever it is for.
pub(super) fn ends(caller: &Caller, role: Role) -> bool {
    gives(caller, role) && people(caller).is_everything()
}

/// Whether a role can be given for a scope, and the scope lies within the caller's own reach.
/// `of` is the organisation of a team, or the one that a course or a base belongs to.
pub(super) fn covers(
    caller: &Caller,
    role: Role,
    scope: Scope,
    of: Option<OrganizationId>,
) -> bool {
    if !gives(caller, role) || !kinds_of_scope(role).contains(&scope.kind) {
        return false;
    }
    let reach = people(caller);
    match (scope.kind, scope.id) {
        (ScopeKind::Bureau, None) => reach.is_everything(),
        (ScopeKind::Organization, Some(id)) => reach.has_organization(OrganizationId(id)),
        (ScopeKind::Team, Some(id)) => {
            of.is_some_and(|of| reach.has_team(shared::roster::TeamId(id), of))
        }
        (ScopeKind::Base, Some(_)) => reach.has_owned(of),
        (ScopeKind::Course, Some(id)) => reach.has_course(shared::courses::CourseId(id), of),
        _ => false,
    }
}
