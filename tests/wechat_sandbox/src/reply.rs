//! How WeChat answers: HTTP 200 in any case, the truth is in `errcode`.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode, web::Json};
use serde_json::{Value, json};

use crate::random;

/// What a JSON API handler returns.
pub type Reply = Result<Json<Value>, Failure>;

/// A refusal: error code and message, to which the request id is added when it is sent.
#[derive(Debug)]
pub struct Failure {
    pub errcode: i64,
    pub errmsg: String,
}

impl Failure {
    pub fn new(errcode: i64, errmsg: impl Into<String>) -> Self {
        Self { errcode, errmsg: errmsg.into() }
    }

    pub fn to_json(&self) -> Value {
        let rid = random::rid(chrono::Utc::now().timestamp());
        json!({ "errcode": self.errcode, "errmsg": format!("{} rid: {rid}", self.errmsg) })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.errcode, self.errmsg)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        StatusCode::OK
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::Ok().json(self.to_json())
    }
}

/// `{"errcode":0,"errmsg":"ok"}` with these fields added.
pub fn ok_with(fields: Value) -> Json<Value> {
    let mut body = json!({ "errcode": 0, "errmsg": "ok" });
    if let (Some(body), Value::Object(fields)) = (body.as_object_mut(), fields) {
        body.extend(fields);
    }
    Json(body)
}

pub fn ok() -> Json<Value> {
    ok_with(json!({}))
}
