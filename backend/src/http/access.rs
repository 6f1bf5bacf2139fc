//! Who may call, and what a handler knows of its call.

use std::{cell::RefCell, net::IpAddr, rc::Rc};

use actix_web::{HttpRequest, cookie::Cookie, http::header};
use shared::{
    accounts::Role,
    api::{
        Appointer, Attending, Auditor, Host, Instructor, Officer, Operator, Public, SignedIn,
        TeamLeader,
    },
    problem::Code,
};

use super::client_address;
use crate::{
    App, Error, Result,
    accounts::{Caller, authenticate},
    audit::{self, Event, Object},
};

/// The cookies of an answer that is still being made.
pub(super) type Cookies = Rc<RefCell<Vec<Cookie<'static>>>>;

/// The circumstances of a call: the application, who is calling and from where.
pub struct Ctx<A: Authorize> {
    pub app: App,
    pub caller: A::Caller,
    /// The caller's network address, for limits only.
    pub address: IpAddr,
    /// What the client calls itself.
    pub agent: String,
    /// The cookies that came with the call.
    pub cookies: Vec<Cookie<'static>>,
    /// The cookies to answer with.
    pub(super) set_cookies: Cookies,
}

impl<A: Authorize> Ctx<A> {
    pub async fn of(app: App, http: &HttpRequest) -> Result<Self> {
        let caller = match A::authorize(&app, http).await {
            Ok(caller) => caller,
            Err(error) => {
                record_denial(&app, http, &error).await;
                return Err(error);
            }
        };
        let address = client_address(http, &app.config.trusted_proxies);
        let agent = http.headers().get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        let agent = agent.unwrap_or_default().to_owned();
        let cookies = http.cookies().map(|jar| jar.clone()).unwrap_or_default();
        Ok(Self { app, caller, address, agent, cookies, set_cookies: Rc::default() })
    }

    /// The value of a cookie that came with the call.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|cookie| cookie.name() == name).map(Cookie::value)
    }

    pub fn set_cookie(&self, cookie: Cookie<'static>) {
        self.set_cookies.borrow_mut().push(cookie);
    }
}

/// Records it where a refusal says that somebody tried what their roles do not allow.
pub(super) async fn record_denial(app: &App, http: &HttpRequest, refused: &Error) {
    if refused.code() != Some(Code::NotAllowed) {
        return;
    }
    let Ok(caller) = authenticate(app, http).await else { return };
    let address = client_address(http, &app.config.trusted_proxies);
    let route = http.match_pattern().unwrap_or_default();
    let route = Object::route(http.method().as_str(), &route);
    let act = caller.acting(address).was_refused(Event::AccessDenied, route);
    audit::refused(app, act.with("reason", Code::NotAllowed)).await;
}

/// How an endpoint's access marker is enforced.
pub trait Authorize: 'static {
    type Caller;

    fn authorize(app: &App, http: &HttpRequest) -> impl Future<Output = Result<Self::Caller>>;
}

impl Authorize for Public {
    type Caller = ();

    async fn authorize(_: &App, _: &HttpRequest) -> Result<()> {
        Ok(())
    }
}

impl Authorize for SignedIn {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        authenticate(app, http).await
    }
}

impl Authorize for Instructor {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::Instructor, Role::TrainingOfficer])
    }
}

impl Authorize for TeamLeader {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::TeamLeader, Role::TrainingOfficer])
    }
}

impl Authorize for Officer {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::TrainingOfficer])
    }
}

impl Authorize for Attending {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        let roles = [Role::Instructor, Role::BaseManager, Role::TrainingOfficer];
        holding(authenticate(app, http).await?, &roles)
    }
}

impl Authorize for Host {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::BaseManager, Role::TrainingOfficer])
    }
}

impl Authorize for Appointer {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::SystemAdmin, Role::TrainingOfficer])
    }
}

impl Authorize for Operator {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        let caller = authenticate(app, http).await?;
        if caller.is(Role::SystemAdmin) || caller.reach(Role::TrainingOfficer).is_everything() {
            Ok(caller)
        } else {
            Err(Code::NotAllowed.into())
        }
    }
}

impl Authorize for Auditor {
    type Caller = Caller;

    async fn authorize(app: &App, http: &HttpRequest) -> Result<Caller> {
        holding(authenticate(app, http).await?, &[Role::Auditor])
    }
}

fn holding(caller: Caller, roles: &[Role]) -> Result<Caller> {
    if roles.iter().any(|role| caller.is(*role)) {
        Ok(caller)
    } else {
        Err(Code::NotAllowed.into())
    }
}
