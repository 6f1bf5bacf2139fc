//! What every request must pass and every answer carries.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::{
    HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use shared::problem::Code;

use super::{assets, refuse};
use crate::App;

/// Refuses compressed bodies and writes from foreign pages; adds the security headers.
pub(super) async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let refused = if is_encoded(&request) {
        Some(Code::UnsupportedBody)
    } else if is_foreign_write(&request) {
        Some(Code::ForeignOrigin)
    } else {
        None
    };
    let agent = request.headers().get(header::USER_AGENT).cloned();
    let secure = request.app_data::<web::Data<App>>().is_some_and(|app| app.config.secure());
    let mut response = match refused {
        Some(code) => {
            let answer = refuse(request.request(), code);
            request.into_response(answer).map_into_right_body()
        }
        None => next.call(request).await?.map_into_left_body(),
    };
    add_headers(&mut response, agent.as_ref(), secure);
    Ok(response)
}

fn is_encoded(request: &ServiceRequest) -> bool {
    let encoding = request.headers().get(header::CONTENT_ENCODING);
    encoding.is_some_and(|it| !it.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// A write that another site's page may have caused. Browsers name the page's origin with every
/// write; what comes without an origin and without our cookies is no browser's doing.
fn is_foreign_write(request: &ServiceRequest) -> bool {
    if request.method().is_safe() {
        return false;
    }
    let Some(app) = request.app_data::<web::Data<App>>() else { return false };
    match request.headers().get(header::ORIGIN) {
        Some(origin) => origin.as_bytes() != app.config.public_base.as_bytes(),
        None => {
            request.headers().contains_key(header::COOKIE)
                && !request.headers().contains_key(header::AUTHORIZATION)
        }
    }
}

fn add_headers<B>(response: &mut ServiceResponse<B>, agent: Option<&HeaderValue>, secure: bool) {
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "same-origin");
    add(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(), payment=()",
    );
    if secure {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&assets::content_security_policy(agent))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The caller's address: the connection's, or what a trusted proxy says it is.
pub fn client_address(http: &HttpRequest, trusted: &[IpAddr]) -> IpAddr {
    let peer = http.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |it| it.ip());
    if !trusted.contains(&peer) {
        return peer;
    }
    let forwarded = http.headers().get("x-forwarded-for").and_then(|it| it.to_str().ok());
    // The nearest hop that is not ours; what stands before it anyone can write.
    forwarded
        .into_iter()
        .flat_map(|list| list.rsplit(','))
        .filter_map(|hop| hop.trim().parse().ok())
        .find(|hop| !trusted.contains(hop))
        .unwrap_or(peer)
}
