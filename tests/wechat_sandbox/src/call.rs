//! One API call as it arrived: query, raw body and the sandbox it is addressed to.

use actix_web::{
    Error, FromRequest, HttpRequest,
    dev::Payload,
    web::{Bytes, Data, Query},
};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{config::AccountKind, reply::Failure, state::State};

/// What every API handler takes. Extraction never fails with an HTTP error, as WeChat's does not.
pub struct Call {
    pub state: Data<State>,
    query: Vec<(String, String)>,
    body: Bytes,
}

impl FromRequest for Call {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<Data<State>>().cloned();
        let query = query_pairs(request.query_string());
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let state = state.expect("routes are only mounted together with the state");
            Ok(Self { state, query, body: body.await? })
        })
    }
}

/// The decoded pairs of a query string in the order they were sent; nothing if it cannot be decoded.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    Query::<Vec<(String, String)>>::from_query(query).map(Query::into_inner).unwrap_or_default()
}

impl Call {
    pub fn now(&self) -> i64 {
        self.state.clock.now()
    }

    /// A query parameter; an empty one counts as missing.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The raw body text, for rules about how it is written.
    pub fn raw_body(&self) -> &[u8] {
        &self.body
    }

    /// The JSON object in the body: 44002 if there is none, 47001 if it is something else or if it
    /// carries the token, which belongs into the query.
    pub fn json_object(&self) -> Result<Value, Failure> {
        if self.body.is_empty() {
            return Err(Failure::new(44002, "empty post data"));
        }
        let value: Value = serde_json::from_slice(&self.body)
            .map_err(|_| Failure::new(47001, "data format error"))?;
        match value.as_object() {
            Some(object) if !object.contains_key("access_token") => Ok(value),
            _ => Err(Failure::new(47001, "data format error")),
        }
    }

    /// The body as `T`, or 47001.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_value(self.json_object()?)
            .map_err(|_| Failure::new(47001, "data format error"))
    }

    /// Checks the token in the query: 41001 missing, 40014 malformed, 40001 unknown, 42001 expired,
    /// 48001 of an account of another kind.
    pub fn require_token_of(&self, kind: AccountKind) -> Result<(), Failure> {
        let token = self
            .query("access_token")
            .ok_or_else(|| Failure::new(41001, "access_token missing"))?;
        let now = self.now();
        let mut world = self.state.world();
        for owner in [AccountKind::MiniProgram, AccountKind::OfficialAccount] {
            match world.tokens(owner).check(token, now) {
                Ok(()) if owner == kind => return Ok(()),
                Ok(()) => return Err(Failure::new(48001, "api unauthorized")),
                Err(failure) if failure.errcode == 40001 => {}
                Err(failure) => return Err(failure),
            }
        }
        Err(Failure::new(40001, "invalid credential, access_token is invalid or not latest"))
    }
}
