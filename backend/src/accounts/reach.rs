//! How far a role reaches: the one place where a scope becomes a condition on rows.
//!
//! Every door uses these conditions: lists, single reads, searches, exports, files and jobs. What is
//! out of reach is answered exactly as what does not exist.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use shared::{
    accounts::{PersonId, Role},
    bases::TrainingBaseId,
    courses::CourseId,
    grants::ScopeKind,
    organizations::OrganizationId,
    problem::Code,
    roster::TeamId,
};

use super::entity::{person, role_grant};
use crate::{Result, db::Connection, organizations, roster};

/// What the grants of one or several roles cover together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    everything: bool,
    /// With all below them.
    organizations: BTreeSet<OrganizationId>,
    teams: BTreeSet<TeamId>,
    courses: BTreeSet<CourseId>,
    bases: BTreeSet<TrainingBaseId>,
}

impl Reach {
    /// The whole bureau's, and of what belongs to the installation itself.
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    pub const fn is_everything(&self) -> bool {
        self.everything
    }

    /// Whether an organisation lies in it.
    pub fn has_organization(&self, id: OrganizationId) -> bool {
        self.everything || self.organizations.contains(&id)
    }

    pub fn has_team(&self, id: TeamId, of: OrganizationId) -> bool {
        self.has_organization(of) || self.teams.contains(&id)
    }

    pub fn has_course(&self, id: CourseId, of: Option<OrganizationId>) -> bool {
        self.has_owned(of) || self.courses.contains(&id)
    }

    pub fn has_base(&self, id: TrainingBaseId) -> bool {
        self.everything || self.bases.contains(&id)
    }

    /// Whether something that belongs to an organisation, or to the bureau, lies in it.
    pub fn has_owned(&self, of: Option<OrganizationId>) -> bool {
        self.everything || of.is_some_and(|of| self.organizations.contains(&of))
    }

    /// To whom something new belongs: to the bureau, which is nobody, where it reaches everywhere,
    /// else to the own organisation where it reaches that, else to the first.
    ///
    /// # Errors
    /// `not_allowed` where it reaches no organisation.
    pub fn owner(&self, own: OrganizationId) -> Result<Option<OrganizationId>> {
        if self.everything {
            return Ok(None);
        }
        let owner = self.organizations.get(&own).or(self.organizations.first());
        Ok(Some(*owner.ok_or(Code::NotAllowed)?))
    }

    /// On a column that holds an organisation.
    pub fn of_organization(&self, column: impl ColumnTrait) -> Expr {
        if self.everything {
            return Expr::value(true);
        }
        column.is_in(self.organizations.iter().copied())
    }

    /// On a column that holds a base, or nothing where something takes place elsewhere: only whoever
    /// keeps bases asks for it.
    pub fn of_base(&self, column: impl ColumnTrait) -> Expr {
        if self.everything {
            return column.is_not_null();
        }
        column.is_in(self.bases.iter().copied())
    }

    /// On the table of people.
    pub fn of_people(&self) -> Condition {
        let reached = Condition::any().add(self.of_organization(person::Column::OrganizationId));
        if self.everything || self.teams.is_empty() {
            return reached;
        }
        reached.add(person::Column::Id.in_subquery(roster::members(self.teams.iter().copied())))
    }

    /// Ids of the people, as a subquery.
    pub fn people(&self) -> SelectStatement {
        person::Entity::find()
            .select_only()
            .column(person::Column::Id)
            .filter(self.of_people())
            .into_query()
    }

    /// On a table whose rows are courses of an organisation or of the bureau.
    pub fn of_courses(&self, id: impl ColumnTrait, owner: impl ColumnTrait) -> Condition {
        Condition::any()
            .add(self.of_organization(owner))
            .add(id.is_in(self.courses.iter().copied()))
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.everything |= other.everything;
        self.organizations.extend(&other.organizations);
        self.teams.extend(&other.teams);
        self.courses.extend(&other.courses);
        self.bases.extend(&other.bases);
        self
    }

    /// Takes the scope of a grant in; an organisation's children come later, with [`Self::deepen`].
    pub(super) fn take_in(&mut self, kind: ScopeKind, id: Option<uuid::Uuid>) {
        let Some(id) = id else {
            self.everything |= kind == ScopeKind::Bureau;
            return;
        };
        match kind {
            ScopeKind::Bureau => self.everything = true,
            ScopeKind::Organization => {
                self.organizations.insert(OrganizationId(id));
            }
            ScopeKind::Team => {
                self.teams.insert(TeamId(id));
            }
            ScopeKind::Course => {
                self.courses.insert(CourseId(id));
            }
            ScopeKind::Base => {
                self.bases.insert(TrainingBaseId(id));
            }
        }
    }

    /// Adds what lies below the organisations.
    pub(super) async fn deepen(&mut self, db: &Connection) -> Result<()> {
        if !self.everything && !self.organizations.is_empty() {
            self.organizations = organizations::with_all_below(db, &self.organizations).await?;
        }
        Ok(())
    }
}

/// How far a role of somebody reaches at this moment: for jobs, which act for people who are not
/// there.
pub async fn reach_of(db: &Connection, id: PersonId, role: Role) -> Result<Reach> {
    let find = person::Entity::find_by_id(id).filter(person::Column::Active.eq(true));
    if find.one(db).await?.is_none() {
        return Ok(Reach::default());
    }
    let held = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(id))
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::EndedAt.is_null());
    let mut reach = Reach::default();
    for grant in held.all(db).await? {
        reach.take_in(grant.scope, grant.scope_id);
    }
    reach.deepen(db).await?;
    Ok(reach)
}

/// Active people whose role reaches a course of this organisation, or of the bureau, at this moment: for
/// telling them of it.
pub async fn who_reach_course(
    db: &Connection,
    role: Role,
    course: CourseId,
    owner: Option<OrganizationId>,
) -> Result<Vec<PersonId>> {
    let above = match owner {
        Some(owner) => organizations::with_all_above(db, owner).await?,
        None => BTreeSet::new(),
    };
    let scope = |kind: ScopeKind| role_grant::Column::Scope.eq(kind);
    let reaching = Condition::any()
        .add(role_grant::Column::ScopeId.is_null().and(scope(ScopeKind::Bureau)))
        .add(role_grant::Column::ScopeId.eq(course.0).and(scope(ScopeKind::Course)))
        .add(
            role_grant::Column::ScopeId
                .is_in(above.into_iter().map(|it| it.0))
                .and(scope(ScopeKind::Organization)),
        );
    let held = role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::PersonId)
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::EndedAt.is_null())
        .filter(reaching);
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Active.eq(true))
        .filter(person::Column::Id.in_subquery(held.into_query()))
        .order_by_asc(person::Column::StaffNumber)
        .into_tuple()
        .all(db)
        .await?)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_new_belongs_to_the_own_organisation_only_where_the_role_reaches_it() {
        let [own, other] = [OrganizationId(Uuid::from_u128(2)), OrganizationId(Uuid::from_u128(1))];
        assert_eq!(Reach::everything().owner(own).unwrap(), None);
        let mut reach = Reach::default();
        assert_eq!(reach.owner(own).unwrap_err().code(), Some(Code::NotAllowed));
        reach.take_in(ScopeKind::Organization, Some(other.0));
        assert_eq!(reach.owner(own).unwrap(), Some(other));
        reach.take_in(ScopeKind::Organization, Some(own.0));
        assert_eq!(reach.owner(own).unwrap(), Some(own));
    }

    #[test]
    fn nothing_is_reached_without_a_grant() {
        let nothing = Reach::default();
        assert!(!nothing.has_organization(OrganizationId(Uuid::nil())));
        assert!(!nothing.has_owned(None));
        assert!(!nothing.has_course(CourseId(Uuid::nil()), None));
        assert!(!nothing.has_base(TrainingBaseId(Uuid::nil())));
    }
}
