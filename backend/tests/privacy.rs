//! What people are told about their data, what they agree to and take along, and how those who left
//! are forgotten.
#![allow(clippy::unwrap_used, reason = "a scene that cannot go on has failed")]

#[macro_use]
mod scene;

#[path = "privacy/consent.rs"]
mod consent;
#[path = "privacy/erasure.rs"]
mod erasure;
#[path = "privacy/own_data.rs"]
mod own_data;
#[path = "quizzes/prepared.rs"]
#[expect(dead_code, reason = "the quizzes' scenes use the rest")]
mod prepared;

use actix_web::{
    body::{BoxBody, to_bytes},
    cookie::Cookie,
    dev::ServiceResponse,
    http::header,
    test::TestRequest,
};
use backend::{
    accounts::{ClientKind, sign_in},
    audit::Actor,
    jobs,
};
use scene::{PUBLIC_BASE, World};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use serde_json::Value;
use shared::{accounts::PersonId, roster::*};
use uuid::Uuid;

/// The phone of somebody who is signed in, with its one cookie.
struct Phone<'world> {
    world: &'world World,
    cookie: Option<Cookie<'static>>,
}

impl<'world> Phone<'world> {
    async fn of(world: &'world World, id: PersonId, client: ClientKind) -> Self {
        let tokens = sign_in::begin(&world.app, Actor::SYSTEM, id, client).await.unwrap();
        Self { world, cookie: Some(Cookie::new("fingertip_access", tokens.access_token)) }
    }

    fn of_nobody(world: &'world World) -> Self {
        Self { world, cookie: None }
    }

    async fn send(&self, request: TestRequest) -> ServiceResponse<BoxBody> {
        let request = request.insert_header((header::ORIGIN, PUBLIC_BASE));
        let request = request.peer_addr("127.0.0.1:40000".parse().unwrap());
        let request = match &self.cookie {
            Some(cookie) => request.cookie(cookie.clone()),
            None => request,
        };
        self.world.send(request).await
    }

    async fn open(&self, target: &str) -> (u16, String) {
        text(self.send(TestRequest::get().uri(target)).await).await
    }

    /// Sends a form as a page of ours does; where that leads.
    async fn fill_in(&self, target: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let answer = self.send(TestRequest::post().uri(target).set_form(fields)).await;
        let location = answer.headers().get(header::LOCATION).cloned();
        let (status, body) = text(answer).await;
        (status, location.map_or(body, |it| it.to_str().unwrap().to_owned()))
    }
}

async fn text(answer: ServiceResponse<BoxBody>) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn wang(world: &World) -> Phone<'_> {
    Phone::of(world, world.cast.id("wangxiuying"), ClientKind::OfficialAccount).await
}

/// Records of one kind that wait to be sealed.
async fn recorded(world: &World, event: &str) -> Vec<Value> {
    use backend::audit::entity::pending::Entity;
    let rows = Entity::find().all(world.app.db.read()).await.unwrap();
    let record = |canonical: &str| serde_json::from_str::<Value>(canonical).unwrap();
    rows.iter().map(|it| record(&it.canonical)).filter(|it| it["event"] == event).collect()
}

/// The number that a query counts.
async fn count(world: &World, query: &str) -> i64 {
    let db = world.app.db.read();
    let statement = Statement::from_string(db.get_database_backend(), query);
    db.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

const PHONE: &str = "13800007761";
const ID_CARD: &str = "320401195001010012";

/// Brings somebody in with phone and 身份证 through the roster.
async fn brought_in(world: &World) -> PersonId {
    let first = "和顺物业服务公司（示例）";
    let file = format!(
        "工号,姓名,单位,班组,岗位,手机,身份证,在岗\nP7761,金丝雀,{first},一班,卫生保洁,{PHONE},{ID_CARD},\n"
    );
    let officer = world.person("zhengming").await;
    let target = "/api/console/roster/imports";
    let (status, import) = officer.upload(target, "roster.csv", file.as_bytes()).await;
    assert_eq!(status, 200, "{import}");
    let import: RosterImport = serde_json::from_value(import).unwrap();
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let apply = ApplyImport { import: import.id, skip_bad: false, with_leavers: false };
    officer.call(apply).await.unwrap();
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    let words = Some("P7761".to_owned());
    let found = officer.call(ListRoster { words, ..ListRoster::default() }).await.unwrap();
    found.items[0].id
}
