//! Who may call, and what a handler knows of its call.

use std::{cell::RefCell, net::IpAddr, rc::Rc};

use actix_web::{HttpRequest, cookie::Cookie};
use shared::{
    accounts::Role,
    api::{Instructor, Officer, Public, SignedIn, TeamLeader},
    problem::Code,
};

use super::client_address;
use crate::{
    App, Result,
    accounts::{Caller, authenticate},
};

/// The circumstances of a call: the application, who is calling and from where.
pub struct Ctx<A: Authorize> {
    pub app: App,
    pub caller: A::Caller,
    /// The caller's network address, for limits only.
    pub address: IpAddr,
    /// The cookies that came with the call.
    pub cookies: Vec<Cookie<'static>>,
    /// The cookies to answer with.
    pub set_cookies: Rc<RefCell<Vec<Cookie<'static>>>>,
}

impl<A: Authorize> Ctx<A> {
    pub async fn of(app: App, http: &HttpRequest) -> Result<Self> {
        let caller = A::authorize(&app, http).await?;
        let address = client_address(http, &app.config.trusted_proxies);
        let cookies = http.cookies().map(|jar| jar.clone()).unwrap_or_default();
        Ok(Self { app, caller, address, cookies, set_cookies: Rc::default() })
    }

    /// The value of a cookie that came with the call.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|cookie| cookie.name() == name).map(Cookie::value)
    }

    pub fn set_cookie(&self, cookie: Cookie<'static>) {
        self.set_cookies.borrow_mut().push(cookie);
    }
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

fn holding(caller: Caller, roles: &[Role]) -> Result<Caller> {
    if roles.iter().any(|role| caller.is(*role)) {
        Ok(caller)
    } else {
        Err(Code::NotAllowed.into())
    }
}
