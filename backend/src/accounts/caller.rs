//! Who is calling: the token's sign-in, looked up again every four seconds, so that ending it or
//! disabling the person takes effect within five on every server.

use std::{collections::BTreeMap, time::Duration};

use actix_web::{HttpRequest, http::header};
use moka::future::Cache;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::{Expr, JoinType},
};
use shared::{
    accounts::{PersonId, Role, SignInId},
    grants::ScopeKind,
    organizations::{OrganizationId, PostId},
    problem::Code,
};
use uuid::Uuid;

use super::{
    access_token, cookies,
    entity::{person, role_grant, sign_in},
    reach::Reach,
    refreshing,
};
use crate::{App, Result, db::Connection};

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Caller {
    pub person: PersonId,
    pub sign_in: SignInId,
    pub name: String,
    pub organization: OrganizationId,
    pub post: Option<PostId>,
    /// The roles that were given, and how far each reaches.
    pub reaches: BTreeMap<Role, Reach>,
}

impl Caller {
    /// Everybody on the roster is a learner.
    pub fn is(&self, role: Role) -> bool {
        role == Role::Learner || self.reaches.contains_key(&role)
    }

    /// How far a role of the caller reaches: nowhere where it was not given.
    pub fn reach(&self, role: Role) -> Reach {
        self.reaches.get(&role).cloned().unwrap_or_default()
    }

    /// How far any of these roles reach together.
    pub fn reach_of_any(&self, roles: &[Role]) -> Reach {
        let held = roles.iter().filter_map(|role| self.reaches.get(role));
        held.fold(Reach::default(), Reach::and)
    }
}

/// Callers seen in the last four seconds: the fifth of the five that were promised is for looking them
/// up, which may take its time on a busy server.
#[derive(Clone)]
pub struct Callers(Cache<SignInId, Caller>);

impl Default for Callers {
    fn default() -> Self {
        let four_seconds = Duration::from_secs(4);
        Self(Cache::builder().max_capacity(20_000).time_to_live(four_seconds).build())
    }
}

impl Callers {
    /// Forgets a sign-in that has just ended here.
    pub async fn forget(&self, sign_in: SignInId) {
        self.0.invalidate(&sign_in).await;
    }

    /// Looks everybody up again, after somebody was moved or disabled here.
    pub fn forget_all(&self) {
        self.0.invalidate_all();
    }
}

/// The caller by bearer token or cookie.
///
/// # Errors
/// `not_signed_in` without a valid token, `sign_in_expired` where refreshing helps.
pub async fn authenticate(app: &App, http: &HttpRequest) -> Result<Caller> {
    let bearer = http.headers().get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
    let token = match bearer.and_then(|it| it.strip_prefix("Bearer ")) {
        Some(token) => token.to_owned(),
        None => match cookies::access_token(&app.config, |name| http.cookie(name)) {
            Some(token) => token,
            None => return Err(missing(app, http).into()),
        },
    };
    by_token(app, &token).await
}

/// A browser whose access token is gone but whose refresh token is not only needs to refresh.
fn missing(app: &App, http: &HttpRequest) -> Code {
    let refresh = cookies::refresh_token(&app.config, |name| http.cookie(name));
    if refresh.is_some() { Code::SignInExpired } else { Code::NotSignedIn }
}

/// The caller of something that a browser fetches by itself, as a video that is open for an hour: no
/// script stands by to refresh an expired access token, so the refresh token vouches for it, and is
/// not used up.
///
/// # Errors
/// As [`authenticate`].
pub async fn authenticate_fetch(app: &App, http: &HttpRequest) -> Result<Caller> {
    let expired = match authenticate(app, http).await {
        Err(error) if error.code() == Some(Code::SignInExpired) => error,
        answer => return answer,
    };
    let refresh = cookies::refresh_token(&app.config, |name| http.cookie(name)).ok_or(expired)?;
    let id = refreshing::of_refresh_token(app, &refresh).await?.ok_or(Code::NotSignedIn)?;
    of_sign_in(app, id).await
}

/// The caller of a server-rendered page, by cookie; nobody if the browser is not signed in.
pub async fn authenticate_browser(app: &App, http: &HttpRequest) -> Result<Option<Caller>> {
    match authenticate(app, http).await {
        Ok(caller) => Ok(Some(caller)),
        Err(error) if error.code().is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

async fn by_token(app: &App, token: &str) -> Result<Caller> {
    let key = access_token::signing_key(&app.keys);
    let claims = access_token::verify(&key, token, app.clock.process_now())?;
    let caller = of_sign_in(app, claims.sid).await?;
    if caller.person == claims.sub { Ok(caller) } else { Err(Code::NotSignedIn.into()) }
}

/// Whose sign-in it is, while it lasts.
pub async fn of_sign_in(app: &App, id: SignInId) -> Result<Caller> {
    if let Some(caller) = app.callers.0.get(&id).await {
        return Ok(caller);
    }
    let caller = look_up(app, id).await?.ok_or(Code::NotSignedIn)?;
    app.callers.0.insert(id, caller.clone()).await;
    Ok(caller)
}

/// What [`look_up`] finds: a row for each grant of the person, or one without a role.
#[derive(FromQueryResult)]
struct Row {
    person: PersonId,
    name: String,
    organization: OrganizationId,
    post: Option<PostId>,
    role: Option<Role>,
    scope: Option<ScopeKind>,
    scope_id: Option<Uuid>,
}

/// The caller of a sign-in that has not ended, in one statement unless a role reaches a part only:
/// every call pays for it.
async fn look_up(app: &App, id: SignInId) -> Result<Option<Caller>> {
    use sign_in::Column::{EndedAt, ExpiresAt, PersonId as Owner};
    let mut find = sign_in::Entity::find_by_id(id)
        .select_only()
        .column_as(person::Column::Id, "person")
        .column_as(person::Column::Name, "name")
        .column_as(person::Column::OrganizationId, "organization")
        .column_as(person::Column::PostId, "post")
        .column_as(role_grant::Column::Role, "role")
        .column_as(role_grant::Column::Scope, "scope")
        .column_as(role_grant::Column::ScopeId, "scope_id")
        .filter(EndedAt.is_null())
        .filter(ExpiresAt.gt(app.clock.process_now()))
        .filter(person::Column::Active.eq(true));
    let owner = Expr::col((person::Entity, person::Column::Id));
    let holder = Expr::col((role_grant::Entity, role_grant::Column::PersonId));
    let held = Condition::all()
        .add(holder.equals((sign_in::Entity, Owner)))
        .add(Expr::col((role_grant::Entity, role_grant::Column::EndedAt)).is_null());
    QuerySelect::query(&mut find)
        .inner_join(person::Entity, owner.equals((sign_in::Entity, Owner)))
        .join(JoinType::LeftJoin, role_grant::Entity, held);
    let rows: Vec<Row> = find.into_model().all(app.db.read()).await?;
    let mut reaches = BTreeMap::<Role, Reach>::new();
    for row in &rows {
        let (Some(role), Some(scope)) = (row.role, row.scope) else { continue };
        reaches.entry(role).or_default().take_in(scope, row.scope_id);
    }
    for reach in reaches.values_mut() {
        reach.deepen(app.db.read()).await?;
    }
    let caller = |row: Row| Caller {
        person: row.person,
        sign_in: id,
        name: row.name,
        organization: row.organization,
        post: row.post,
        reaches,
    };
    Ok(rows.into_iter().next().map(caller))
}

/// Everything that somebody is, learner first.
pub(super) async fn roles(db: &Connection, person: PersonId) -> Result<Vec<Role>> {
    let granted = role_grant::Entity::find()
        .filter(role_grant::Column::PersonId.eq(person))
        .filter(role_grant::Column::EndedAt.is_null())
        .all(db)
        .await?;
    let given = granted.into_iter().map(|it| it.role);
    let mut roles: Vec<_> = std::iter::once(Role::Learner).chain(given).collect();
    roles.sort_unstable();
    roles.dedup();
    Ok(roles)
}
