//! How each injected fault changes an answer or its delivery.

use std::{convert::Infallible, future, io, time::Duration};

use actix_web::{
    HttpResponse,
    body::{BodyStream, BoxBody, SizedStream},
    http::{StatusCode, header::CONTENT_TYPE},
    web::Bytes,
};
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{
    faults::{Fault, FaultRule},
    gateway::Answer,
    reply::Failure,
};

const CHUNK_BYTES: usize = 64 * 1024;
/// Long enough for the bytes before it to leave the socket buffer of the server.
const BEFORE_CUT: Duration = Duration::from_millis(50);

/// The answer a fault gives in place of the endpoint's.
pub fn replacement(fault: &Fault) -> Option<Answer> {
    match fault {
        Fault::Errcode { errcode, errmsg } => {
            let errmsg = errmsg.clone().unwrap_or_else(|| usual_message(*errcode).to_owned());
            let body = Failure::new(*errcode, errmsg).to_json().to_string();
            Some(answer(StatusCode::OK, "application/json", body))
        }
        Fault::Status { status } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_GATEWAY);
            let body = format!(
                "<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
            );
            Some(answer(status, "text/html", body))
        }
        _ => None,
    }
}

/// What stands for an answer where none will be delivered.
pub fn nothing() -> Answer {
    answer(StatusCode::OK, "text/plain", String::new())
}

fn answer(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let head = HttpResponse::build(status).insert_header((CONTENT_TYPE, content_type)).finish();
    Answer { head: head.drop_body(), body: Bytes::from(body) }
}

fn usual_message(errcode: i64) -> &'static str {
    match errcode {
        -1 => "system error",
        40001 => "invalid credential, access_token is invalid or not latest",
        40029 => "invalid code,",
        40226 => "code blocked",
        42001 => "access_token expired",
        43101 => "user refuse to accept the msg",
        45009 => "reach max api daily quota limit",
        45011 => "api minute-quota reach limit",
        _ => "injected fault",
    }
}

pub async fn hold_up_before_work(rule: &FaultRule) {
    if !rule.processed {
        hold_up(&rule.fault).await;
    }
}

pub async fn hold_up_after_work(rule: &FaultRule) {
    if rule.processed {
        hold_up(&rule.fault).await;
    }
}

async fn hold_up(fault: &Fault) {
    match fault {
        Fault::Delay { millis } => sleep(Duration::from_millis(*millis)).await,
        Fault::Hang => future::pending().await,
        _ => {}
    }
}

/// The last step: the answer as it goes onto the wire.
pub fn spoil_delivery(fault: &Fault, answer: Answer) -> HttpResponse {
    let Answer { head, body } = answer;
    match fault {
        Fault::Reset => head.set_body(BoxBody::new(BodyStream::new(stream::iter([cut_off()])))),
        Fault::Truncate { keep_bytes } => {
            let kept = body.slice(..body.len().min(*keep_bytes));
            let size = u64::try_from(body.len()).unwrap_or(u64::MAX).max(1);
            let cut = stream::once(async {
                sleep(BEFORE_CUT).await;
                cut_off()
            });
            let pieces = stream::once(future::ready(Ok(kept))).chain(cut);
            head.set_body(BoxBody::new(SizedStream::new(size, Box::pin(pieces))))
        }
        Fault::SlowBody { millis_per_byte } => {
            let pause = Duration::from_millis(*millis_per_byte);
            let size = u64::try_from(body.len()).unwrap_or(u64::MAX);
            let bytes = stream::iter(0..body.len()).then(move |at| {
                let byte = body.slice(at..=at);
                async move {
                    sleep(pause).await;
                    Ok::<_, Infallible>(byte)
                }
            });
            head.set_body(BoxBody::new(SizedStream::new(size, Box::pin(bytes))))
        }
        Fault::HugeBody { bytes } => {
            head.set_body(BoxBody::new(BodyStream::new(padded(&body, *bytes))))
        }
        Fault::StringErrcode => with_object(head, &body, |object| {
            let errcode = object.get("errcode").and_then(Value::as_i64).unwrap_or_default();
            object.insert("errcode".to_owned(), json!(errcode.to_string()));
        }),
        Fault::UnknownField => with_object(head, &body, |object| {
            object.insert("field_of_next_year".to_owned(), json!({ "nested": [1, "two"] }));
        }),
        Fault::Errcode { .. } | Fault::Status { .. } | Fault::Delay { .. } | Fault::Hang => {
            head.set_body(BoxBody::new(body))
        }
    }
}

fn cut_off() -> Result<Bytes, io::Error> {
    Err(io::Error::from(io::ErrorKind::ConnectionReset))
}

/// The same JSON object with a first field of so many bytes; anything else gets spaces in front.
fn padded(
    body: &Bytes,
    bytes: usize,
) -> impl stream::Stream<Item = Result<Bytes, Infallible>> + use<> {
    let is_object = body.starts_with(b"{") && body.len() > 2;
    let (before, filler, after) = if is_object {
        (
            Bytes::from_static(b"{\"padding\":\""),
            b'x',
            [b"\",", body.slice(1..).as_ref()].concat().into(),
        )
    } else {
        (Bytes::new(), b' ', body.clone())
    };
    let chunk = Bytes::from(vec![filler; CHUNK_BYTES]);
    let chunks = bytes.div_ceil(CHUNK_BYTES);
    stream::iter([before])
        .chain(stream::repeat(chunk).take(chunks))
        .chain(stream::iter([after]))
        .map(Ok)
}

fn with_object(
    head: HttpResponse<()>,
    body: &Bytes,
    change: impl FnOnce(&mut serde_json::Map<String, Value>),
) -> HttpResponse {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(mut object)) => {
            change(&mut object);
            head.set_body(BoxBody::new(Value::Object(object).to_string()))
        }
        _ => head.set_body(BoxBody::new(body.clone())),
    }
}
