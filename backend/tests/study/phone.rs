//! A browser that opens the server's own pages and fills their forms in.

use actix_web::{
    body::to_bytes, cookie::Cookie, dev::ServiceResponse, http::header, test::TestRequest,
};
use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
};

use crate::scene::{PUBLIC_BASE, World};

pub struct Phone<'world> {
    world: &'world World,
    cookie: Option<Cookie<'static>>,
    look: Option<Cookie<'static>>,
}

impl<'world> Phone<'world> {
    /// Of a member of the cast, who is signed in.
    pub async fn of(world: &'world World, key: &str) -> Self {
        let (id, client) = (world.cast.id(key), ClientKind::OfficialAccount);
        let tokens = sign_in::begin(&world.app, Actor::SYSTEM, id, client).await.unwrap();
        Self {
            world,
            cookie: Some(Cookie::new("fingertip_access", tokens.access_token)),
            look: None,
        }
    }

    pub const fn of_nobody(world: &'world World) -> Self {
        Self { world, cookie: None, look: None }
    }

    /// The app was set to this 字号.
    pub fn looking(self, look: &str) -> Self {
        Self { look: Some(Cookie::new("fingertip_look", look.to_owned())), ..self }
    }

    async fn send(&self, request: TestRequest) -> (u16, String, Option<String>) {
        let request = request.insert_header((header::ORIGIN, PUBLIC_BASE));
        let request = request.peer_addr("127.0.0.1:40000".parse().unwrap());
        let request = match &self.cookie {
            Some(cookie) => request.cookie(cookie.clone()),
            None => request,
        };
        let request = match &self.look {
            Some(look) => request.cookie(look.clone()),
            None => request,
        };
        text(self.world.send(request).await).await
    }

    /// The page at an address.
    pub async fn open(&self, target: &str) -> String {
        let (status, body, _) = self.send(TestRequest::get().uri(target)).await;
        assert_eq!(status, 200, "{target}: {body}");
        body
    }

    pub async fn status_of(&self, target: &str) -> u16 {
        self.send(TestRequest::get().uri(target)).await.0
    }

    /// Where an address leads instead.
    pub async fn led(&self, target: &str) -> String {
        self.send(TestRequest::get().uri(target)).await.2.unwrap()
    }

    /// Fills a form in; the page that comes of it, with its status.
    pub async fn fill_in(&self, target: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let sent = TestRequest::post().uri(target).set_form(fields);
        let (status, body, location) = self.send(sent).await;
        match location {
            Some(location) => (status, self.open(&location).await),
            None => (status, body),
        }
    }
}

async fn text(answer: ServiceResponse<actix_web::body::BoxBody>) -> (u16, String, Option<String>) {
    let status = answer.status().as_u16();
    let location = answer.headers().get(header::LOCATION).cloned();
    let body = to_bytes(answer.into_body()).await.unwrap();
    let location = location.map(|it| it.to_str().unwrap().to_owned());
    (status, String::from_utf8(body.to_vec()).unwrap(), location)
}
