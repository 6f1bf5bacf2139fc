//! WeChat as the caller, and what came of its calls.

use actix_web::{body::to_bytes, http::header, test::TestRequest};
use backend::{
    jobs::{self, entity::job},
    wechat::{callback::Query, message_key::MessageKey, signature},
};
use chrono::Utc;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scene::World;

pub const TOKEN: &str = "AAAAA";
pub const KEY: &str = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
pub const APP_ID: &str = "wxmini000000000001";
pub const PATH: &str = "/wechat/callback/mini-program";
pub const TEMPLATE: &str = "TPL_ASSIGNMENT";
pub const OPENID: &str = "oMP_wangxiuying";

/// The world with the mini-program's callback set up, in safe mode if there are keys, and 王秀英
/// known to the mini-program.
pub async fn set_up(mut world: World, keys: &str) -> World {
    let mut config = (*world.app.config).clone();
    config.wechat.mini_app_id = APP_ID.into();
    config.wechat.mini_token = TOKEN.into();
    config.wechat.mini_aes_key = keys.into();
    config.wechat.template_assignment = TEMPLATE.into();
    config.wechat.template_session = "TPL_SESSION".into();
    world.app.config = std::sync::Arc::new(config);
    bind(&world).await;
    world.restarted().await
}

async fn bind(world: &World) {
    use backend::accounts::entity::wechat_identity::{ActiveModel, Column, Entity};
    use sea_orm::{ActiveValue::Set, sea_query::OnConflict};
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(world.cast.id("wangxiuying")),
        app_id: Set(APP_ID.into()),
        openid: Set(OPENID.into()),
        unionid: Set(None),
        bound_at: Set(Utc::now()),
    };
    let once = OnConflict::columns([Column::AppId, Column::Openid]).do_nothing().to_owned();
    world
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
        .unwrap();
}

/// One call of WeChat.
#[derive(Debug, Clone)]
pub struct Call {
    pub query: Query,
    pub body: String,
}

impl Call {
    /// Signed now in plain mode.
    pub fn plain(body: impl Into<String>) -> Self {
        Self { query: signed_at(Utc::now().timestamp()), body: body.into() }
    }

    /// Signed now, and sealed for our app with the key.
    pub fn safe(body: &str) -> Self {
        Self::sealed(body, KEY, APP_ID)
    }

    pub fn sealed(body: &str, key: &str, app_id: &str) -> Self {
        let key = MessageKey::read(key).unwrap();
        let sealed = key.seal(body, app_id, rand::random());
        let mut call = Self::plain(json!({ "ToUserName": "gh_1", "Encrypt": sealed }).to_string());
        call.query.msg_signature = call.message_signature(&sealed);
        call
    }

    pub fn message_signature(&self, sealed: &str) -> String {
        signature::of_parts(&[TOKEN, &self.query.timestamp, &self.query.nonce, sealed])
    }

    /// The status and the text of the answer.
    pub async fn to(&self, world: &World) -> (u16, String) {
        answer(
            world,
            TestRequest::post().uri(&target(PATH, &self.query)).set_payload(self.body.clone()),
        )
        .await
    }

    /// What WeChat hears when all is well.
    pub async fn succeeds(&self, world: &World) {
        assert_eq!(self.to(world).await, (200, "success".into()), "{}", self.body);
    }
}

pub fn signed_at(timestamp: i64) -> Query {
    let (timestamp, nonce) = (timestamp.to_string(), rand::random::<u32>().to_string());
    let signature = signature::of_parts(&[TOKEN, &timestamp, &nonce]);
    Query { signature, timestamp, nonce, ..Query::default() }
}

pub fn target(path: &str, query: &Query) -> String {
    let Query { signature, timestamp, nonce, echostr, msg_signature } = query;
    format!(
        "{path}?signature={signature}&timestamp={timestamp}&nonce={nonce}&openid=o1\
         &encrypt_type=aes&msg_signature={msg_signature}&echostr={echostr}"
    )
}

pub async fn answer(world: &World, request: TestRequest) -> (u16, String) {
    let answer = world.send(request).await;
    let status = answer.status().as_u16();
    if status == 200 {
        let kind = answer.headers().get(header::CONTENT_TYPE).unwrap();
        assert_eq!(kind, "text/plain; charset=utf-8");
    }
    let body = to_bytes(answer.into_body()).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// An event of 王秀英's as the JSON of the docs: every scalar a text, one item without a list.
pub fn event(name: &str, at: i64, items: &[Value]) -> Value {
    let list = if let [one] = items { one.clone() } else { json!(items) };
    json!({
        "ToUserName": "gh_97417a04a28d",
        "FromUserName": OPENID,
        "CreateTime": at.to_string(),
        "MsgType": "event",
        "Event": name,
        "List": list,
    })
}

pub fn choice(template: &str, status: &str) -> Value {
    json!({ "TemplateId": template, "SubscribeStatusString": status, "PopupScene": "0" })
}

pub fn popup(at: i64, status: &str) -> String {
    event("subscribe_msg_popup_event", at, &[choice(TEMPLATE, status)]).to_string()
}

pub async fn jobs(world: &World) -> Vec<job::Model> {
    job::Entity::find().all(world.app.db.read()).await.unwrap()
}

/// Does what was put off.
pub async fn work_off(world: &World) {
    while jobs::work_off(&world.app).await.unwrap() > 0 {}
    for job in jobs(world).await {
        assert_eq!((job.state, job.last_error), (job::State::Done, None));
    }
}

/// What the ledger says of 王秀英.
pub async fn remaining(world: &World) -> i32 {
    use backend::notifications::entity::subscribe_credit;
    let key = (world.cast.id("wangxiuying"), TEMPLATE.to_owned());
    let row = subscribe_credit::Entity::find_by_id(key).one(world.app.db.read()).await.unwrap();
    row.map_or(0, |row| row.remaining)
}
