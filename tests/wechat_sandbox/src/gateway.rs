//! What every API call passes through: counting, injected faults, and WeChat's careless content types.

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, to_bytes},
    dev::{ServiceRequest, ServiceResponse},
    error::ErrorInternalServerError,
    http::header::{CONTENT_TYPE, HeaderValue},
    middleware::Next,
    web::{Bytes, Data},
};
use serde_json::Value;

use crate::{
    call_log::CallRecord,
    fault_effects,
    faults::{Fault, FaultRule},
    state::State,
};

/// Every third JSON answer claims to be plain text, as many of WeChat's do.
const PLAIN_TEXT_EVERY: u64 = 3;

/// An answer whose body is complete and can still be changed.
pub struct Answer {
    pub head: HttpResponse<()>,
    pub body: Bytes,
}

/// Wraps the whole server; pages and calls under `/_sandbox` pass untouched.
pub async fn pass(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse, Error> {
    let path = request.path().to_owned();
    if path.starts_with("/_sandbox") {
        return next.call(request).await;
    }
    let state = request.app_data::<Data<State>>().cloned();
    let state = state.ok_or_else(|| ErrorInternalServerError("the sandbox has no state"))?;
    let rule = {
        let mut world = state.world();
        world.calls.count(&path);
        world.faults.take(&path)
    };
    let method = request.method().to_string();
    let fault = rule.as_ref().map(|rule| rule.fault.clone());
    let (request, answer) = answered(request, next, rule).await?;
    let answer = with_careless_content_type(&state, answer);
    state.world().calls.record(CallRecord {
        at: state.clock.now(),
        method,
        path,
        status: answer.head.status().as_u16(),
        errcode: errcode_of(&answer.body),
        fault: fault.as_ref().map(kind_of),
    });
    let response = match fault {
        Some(fault) => fault_effects::spoil_delivery(&fault, answer),
        None => answer.head.set_body(BoxBody::new(answer.body)),
    };
    Ok(ServiceResponse::new(request, response))
}

/// The answer to send: the endpoint's own or the fault's in its place.
async fn answered(
    request: ServiceRequest,
    next: Next<BoxBody>,
    rule: Option<FaultRule>,
) -> Result<(actix_web::HttpRequest, Answer), Error> {
    let replacement = rule.as_ref().and_then(|rule| fault_effects::replacement(&rule.fault));
    if let Some(rule) = &rule {
        fault_effects::hold_up_before_work(rule).await;
        if !rule.lets_the_call_through() {
            let answer = replacement.unwrap_or_else(fault_effects::nothing);
            return Ok((request.into_parts().0, answer));
        }
    }
    let (request, response) = next.call(request).await?.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(ErrorInternalServerError)?;
    if let Some(rule) = &rule {
        fault_effects::hold_up_after_work(rule).await;
    }
    Ok((request, replacement.unwrap_or(Answer { head, body })))
}

fn with_careless_content_type(state: &State, mut answer: Answer) -> Answer {
    let content_type = answer.head.headers().get(CONTENT_TYPE);
    if content_type.is_some_and(|value| value.as_bytes().starts_with(b"application/json")) {
        let mut world = state.world();
        world.json_answers += 1;
        let claimed = if world.json_answers.is_multiple_of(PLAIN_TEXT_EVERY) {
            "text/plain"
        } else {
            "application/json; encoding=utf-8"
        };
        answer.head.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(claimed));
    }
    answer
}

/// A JSON object without `errcode` means success.
fn errcode_of(body: &[u8]) -> Option<i64> {
    let value: Value = serde_json::from_slice(body).ok()?;
    value.as_object()?.get("errcode").map_or(Some(0), Value::as_i64)
}

fn kind_of(fault: &Fault) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    value["kind"].as_str().unwrap_or_default().to_owned()
}
