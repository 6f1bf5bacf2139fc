//! Grants as those who give roles see them.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::{
    accounts::{PersonCard, PersonId, Role},
    grants::*,
    page::Page,
    problem::Code,
};
use uuid::Uuid;

use super::rights;
use crate::{
    Result,
    accounts::{Caller, entity::role_grant, people},
    bases, courses,
    db::{Connection, cursor},
    organizations, roster,
};

/// Grants a page.
const PAGE: usize = 50;

/// The grants that the caller may see: of the people in reach, those that have not ended.
fn visible(caller: &Caller) -> Condition {
    let reach = rights::people(caller);
    let mut visible = Condition::all().add(role_grant::Column::EndedAt.is_null());
    if !reach.is_everything() {
        visible = visible.add(role_grant::Column::PersonId.in_subquery(reach.people()));
    }
    visible
}

/// A grant that the caller may see.
///
/// # Errors
/// `not_found`
pub(super) async fn find(
    db: &Connection,
    caller: &Caller,
    id: GrantId,
) -> Result<role_grant::Model> {
    let found = role_grant::Entity::find_by_id(id).filter(visible(caller)).one(db).await?;
    Ok(found.ok_or(Code::NotFound)?)
}

pub(super) async fn one(db: &Connection, caller: &Caller, id: GrantId) -> Result<GrantCard> {
    let grant = find(db, caller, id).await?;
    Ok(cards(db, caller, vec![grant]).await?.pop().ok_or(Code::NotFound)?)
}

pub(super) async fn list(
    db: &Connection,
    caller: &Caller,
    request: ListGrants,
) -> Result<Page<GrantCard>> {
    use role_grant::Column::{GrantedAt, Id, PersonId, Role};
    let mut find = role_grant::Entity::find().filter(visible(caller));
    if let Some(role) = request.role {
        find = find.filter(Role.eq(role));
    }
    if let Some(person) = request.person {
        find = find.filter(PersonId.eq(person));
    }
    if let Some(cursor) = request.cursor {
        let place = |parts: &mut cursor::Parts| Some((parts.instant()?, parts.part::<GrantId>()?));
        let (at, id) = cursor::read(&cursor, place)?;
        let same = Condition::all().add(GrantedAt.eq(at)).add(Id.lt(id));
        find = find.filter(Condition::any().add(GrantedAt.lt(at)).add(same));
    }
    let find = find.order_by_desc(GrantedAt).order_by_desc(Id).limit(PAGE as u64 + 1);
    let mut found = find.all(db).await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let place = |it: &role_grant::Model| {
        cursor::write(&[cursor::instant(it.granted_at), it.id.to_string()])
    };
    let next = found.last().filter(|_| more).map(place);
    Ok(Page { items: cards(db, caller, found).await?, next })
}

async fn cards(
    db: &Connection,
    caller: &Caller,
    grants: Vec<role_grant::Model>,
) -> Result<Vec<GrantCard>> {
    let mut ids: Vec<PersonId> = grants.iter().map(|it| it.person_id).collect();
    ids.extend(grants.iter().filter_map(|it| it.granted_by));
    ids.sort_unstable();
    ids.dedup();
    let people = people::cards_of(db, ids).await?;
    let people: HashMap<_, _> = people.into_iter().map(|it| (it.id, it)).collect();
    let names = Names::of(db, caller).await?;
    let card = |grant: role_grant::Model| -> Option<GrantCard> {
        let scope = Scope { kind: grant.scope, id: grant.scope_id };
        Some(GrantCard {
            id: grant.id,
            person: people.get(&grant.person_id)?.clone(),
            role: grant.role,
            scope,
            scope_name: names.name(scope),
            granted_at: grant.granted_at,
            granted_by: grant.granted_by.and_then(|it| people.get(&it)).map(name),
            may_end: grant.person_id != caller.person
                && (rights::ends(caller, grant.role) || names.covers(caller, grant.role, scope)),
        })
    };
    Ok(grants.into_iter().filter_map(card).collect())
}

fn name(person: &PersonCard) -> String {
    person.name.clone()
}

/// Where a role can be given for, within the caller's reach.
pub(super) async fn scopes(
    db: &Connection,
    caller: &Caller,
    role: Role,
) -> Result<Vec<ScopeChoice>> {
    let names = Names::of(db, caller).await?;
    let mut choices: Vec<_> = names
        .all()
        .filter(|scope| names.covers(caller, role, *scope))
        .map(|scope| ScopeChoice { scope, name: names.name(scope) })
        .collect();
    choices.sort_by(|a, b| (a.scope.kind, &a.name).cmp(&(b.scope.kind, &b.name)));
    Ok(choices)
}

/// What scopes are called, and whose they are.
pub(super) struct Names {
    organizations: HashMap<Uuid, String>,
    teams: HashMap<Uuid, roster::NamedTeam>,
    courses: HashMap<Uuid, courses::Owned>,
    bases: HashMap<Uuid, bases::NamedBase>,
    /// Organisations that are closed: nobody is given a role for them.
    closed: HashSet<Uuid>,
}

impl Names {
    pub async fn of(db: &Connection, caller: &Caller) -> Result<Self> {
        let organizations = organizations::organization_names(db).await?;
        let open = organizations::open_organizations(db).await?;
        let closed = organizations.keys().filter(|id| !open.contains(id)).map(|id| id.0).collect();
        let teams = roster::named_teams(db).await?;
        let bases = bases::named(db).await?;
        let courses = courses::owned(db, &rights::people(caller)).await?;
        Ok(Self {
            organizations: organizations.into_iter().map(|(id, name)| (id.0, name)).collect(),
            teams: teams.into_iter().map(|it| (it.id.0, it)).collect(),
            courses: courses.into_iter().map(|it| (it.id.0, it)).collect(),
            bases: bases.into_iter().map(|it| (it.id.0, it)).collect(),
            closed,
        })
    }

    fn all(&self) -> impl Iterator<Item = Scope> {
        let of = |kind| move |id: &Uuid| Scope { kind, id: Some(*id) };
        std::iter::once(Scope::BUREAU)
            .chain(self.organizations.keys().map(of(ScopeKind::Organization)))
            .chain(self.teams.keys().map(of(ScopeKind::Team)))
            .chain(self.courses.keys().map(of(ScopeKind::Course)))
            .chain(self.bases.keys().map(of(ScopeKind::Base)))
    }

    fn name(&self, scope: Scope) -> String {
        let Some(id) = scope.id else { return scope.kind.label().to_owned() };
        let organization = |id: &Uuid| self.organizations.get(id).cloned().unwrap_or_default();
        match scope.kind {
            ScopeKind::Bureau => scope.kind.label().to_owned(),
            ScopeKind::Organization => organization(&id),
            ScopeKind::Team => self.teams.get(&id).map_or_else(String::new, |team| {
                format!("{} · {}", organization(&team.organization.0), team.name)
            }),
            ScopeKind::Base => self.bases.get(&id).map_or_else(String::new, |it| it.name.clone()),
            ScopeKind::Course => {
                self.courses.get(&id).map_or_else(String::new, |it| it.title.clone())
            }
        }
    }

    /// See [`rights::covers`]; what is not there, or is closed, is never covered.
    pub fn covers(&self, caller: &Caller, role: Role, scope: Scope) -> bool {
        let of = match (scope.kind, scope.id) {
            (ScopeKind::Organization, Some(id))
                if !self.organizations.contains_key(&id) || self.closed.contains(&id) =>
            {
                return false;
            }
            (ScopeKind::Team, Some(id)) => {
                self.teams.get(&id).filter(|it| !it.closed).map(|it| it.organization)
            }
            (ScopeKind::Base, Some(id)) => match self.bases.get(&id) {
                Some(base) => base.organization,
                None => return false,
            },
            (ScopeKind::Course, Some(id)) => match self.courses.get(&id) {
                Some(course) => course.organization,
                None => return false,
            },
            _ => None,
        };
        rights::covers(caller, role, scope, of)
    }
}
