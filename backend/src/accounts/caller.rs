//! Who is calling: the token's sign-in, looked up again every five seconds, so that ending it or
//! disabling the person takes effect at once on every server.

use std::time::Duration;

use actix_web::{HttpRequest, http::header};
use moka::future::Cache;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use shared::{
    accounts::{PersonId, Role, SignInId},
    organizations::{OrganizationId, PostId},
    problem::Code,
};

use super::{
    access_token, cookies,
    entity::{person, person_role, sign_in},
    refreshing,
};
use crate::{App, Result};

/// A signed-in person.
#[derive(Debug, Clone)]
pub struct Caller {
    pub person: PersonId,
    pub sign_in: SignInId,
    pub name: String,
    pub organization: OrganizationId,
    pub post: Option<PostId>,
    pub roles: Vec<Role>,
}

impl Caller {
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// Callers seen in the last five seconds.
#[derive(Clone)]
pub struct Callers(Cache<SignInId, Caller>);

impl Default for Callers {
    fn default() -> Self {
        let five_seconds = Duration::from_secs(5);
        Self(Cache::builder().max_capacity(20_000).time_to_live(five_seconds).build())
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
async fn of_sign_in(app: &App, id: SignInId) -> Result<Caller> {
    if let Some(caller) = app.callers.0.get(&id).await {
        return Ok(caller);
    }
    let caller = look_up(app, id).await?.ok_or(Code::NotSignedIn)?;
    app.callers.0.insert(id, caller.clone()).await;
    Ok(caller)
}

/// What [`look_up`] finds: a row for each role of the person, or one without a role.
#[derive(FromQueryResult)]
struct Row {
    person: PersonId,
    name: String,
    organization: OrganizationId,
    post: Option<PostId>,
    role: Option<Role>,
}

/// The caller of a sign-in that has not ended, in one statement: every call pays for it.
async fn look_up(app: &App, id: SignInId) -> Result<Option<Caller>> {
    use sign_in::Column::{EndedAt, ExpiresAt, PersonId as Owner};
    let mut find = sign_in::Entity::find_by_id(id)
        .select_only()
        .column_as(person::Column::Id, "person")
        .column_as(person::Column::Name, "name")
        .column_as(person::Column::OrganizationId, "organization")
        .column_as(person::Column::PostId, "post")
        .column_as(person_role::Column::Role, "role")
        .filter(EndedAt.is_null())
        .filter(ExpiresAt.gt(app.clock.process_now()))
        .filter(person::Column::Active.eq(true));
    let owner = Expr::col((person::Entity, person::Column::Id));
    let holder = Expr::col((person_role::Entity, person_role::Column::PersonId));
    QuerySelect::query(&mut find)
        .inner_join(person::Entity, owner.equals((sign_in::Entity, Owner)))
        .left_join(person_role::Entity, holder.equals((sign_in::Entity, Owner)));
    let rows: Vec<Row> = find.into_model().all(app.db.read()).await?;
    let roles = rows.iter().filter_map(|row| row.role).collect();
    let caller = |row: Row| Caller {
        person: row.person,
        sign_in: id,
        name: row.name,
        organization: row.organization,
        post: row.post,
        roles,
    };
    Ok(rows.into_iter().next().map(caller))
}

pub(super) async fn roles(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<Role>> {
    let granted = person_role::Entity::find()
        .filter(person_role::Column::PersonId.eq(person))
        .all(db)
        .await?;
    Ok(granted.into_iter().map(|it| it.role).collect())
}
