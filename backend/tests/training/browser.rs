//! A phone's browser: it keeps cookies, and goes where it is sent.

use std::{cell::RefCell, collections::BTreeMap};

use actix_web::{body::to_bytes, cookie::Cookie, http::header, test::TestRequest};
use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
};

use crate::scene::World;

pub struct Browser<'world> {
    world: &'world World,
    jar: RefCell<BTreeMap<String, Cookie<'static>>>,
}

/// What the browser got.
pub struct Shown {
    pub status: u16,
    pub body: String,
    /// Where a redirect leads.
    pub location: Option<String>,
    pub policy: String,
}

impl<'world> Browser<'world> {
    pub fn new(world: &'world World) -> Self {
        Self { world, jar: RefCell::default() }
    }

    /// A browser in which a member of the cast is signed in.
    pub async fn of(world: &'world World, key: &str) -> Self {
        let browser = Self::new(world);
        browser.sign_in(key).await;
        browser
    }

    pub async fn sign_in(&self, key: &str) {
        let client = ClientKind::OfficialAccount;
        let tokens =
            sign_in::begin(&self.world.app, Actor::SYSTEM, self.world.cast.id(key), client)
                .await
                .unwrap();
        self.keep(Cookie::new("fingertip_access", tokens.access_token));
        self.keep(Cookie::new("fingertip_refresh", tokens.refresh_token));
    }

    pub fn keep(&self, cookie: Cookie<'static>) {
        self.jar.borrow_mut().insert(cookie.name().to_owned(), cookie);
    }

    pub fn lose(&self, name: &str) -> Option<Cookie<'static>> {
        self.jar.borrow_mut().remove(name)
    }

    pub fn cookie(&self, name: &str) -> Option<Cookie<'static>> {
        self.jar.borrow().get(name).cloned()
    }

    pub async fn get(&self, target: &str) -> Shown {
        self.send(TestRequest::get().uri(target)).await
    }

    /// Presses the button of a form.
    pub async fn post(&self, target: &str) -> Shown {
        let form = (header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let origin = (header::ORIGIN, crate::scene::PUBLIC_BASE);
        self.send(TestRequest::post().uri(target).insert_header(form).insert_header(origin)).await
    }

    async fn send(&self, mut request: TestRequest) -> Shown {
        request = request.peer_addr("127.0.0.1:40000".parse().unwrap());
        for cookie in self.jar.borrow().values() {
            request =
                request.cookie(Cookie::new(cookie.name().to_owned(), cookie.value().to_owned()));
        }
        let answer = self.world.send(request).await;
        for cookie in answer.response().cookies() {
            self.keep(cookie.into_owned());
        }
        let text = |name| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
        let (location, policy) = (text(header::LOCATION), text(header::CONTENT_SECURITY_POLICY));
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body()).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        Shown { status, body, location, policy: policy.unwrap_or_default() }
    }
}

impl Shown {
    /// Small, in Chinese, without a script, and styled by what its policy allows.
    pub fn assert_is_a_page(&self, status: u16, says: &[&str]) {
        use base64::{Engine, prelude::BASE64_STANDARD};
        assert_eq!(self.status, status, "{}", self.body);
        for text in says {
            assert!(self.body.contains(text), "{text} is missing in\n{}", self.body);
        }
        assert!(self.body.len() < 15 * 1024, "{} bytes", self.body.len());
        assert!(self.body.contains(r#"<html lang="zh-CN">"#));
        let lower = self.body.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("javascript:"));
        assert!(!lower.contains(" src=") && !lower.contains("<link"));
        let style = self.body.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let hash = BASE64_STANDARD.encode(backend::keys::hash(style.as_bytes()));
        assert!(self.policy.contains(&format!("style-src 'sha256-{hash}'")), "{}", self.policy);
    }
}
