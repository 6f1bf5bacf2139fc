//! The web apps, embedded: precompressed, hashed names kept for ever, index pages asked for each time.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{
            self, ETag, EntityTag, Header, HeaderName, HeaderValue, IfNoneMatch, TryIntoHeaderValue,
        },
    },
    web,
};
use rust_embed::RustEmbed;
use shared::problem::Code;

use super::refuse;

#[derive(RustEmbed)]
#[folder = "$WEB_APPS"]
#[allow_missing = true]
struct Web;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/assets/{file}", web::get().to(asset)).default_service(web::to(screen));
}

const SCOPE: HeaderValue = HeaderValue::from_static("/");

async fn asset(http: HttpRequest) -> HttpResponse {
    let name = http.match_info().query("file");
    match found(&http, &format!("assets/{name}")) {
        Some(mut response) => {
            if name.starts_with("sw-") {
                // It works for the whole app, not only for the folder that it lies in.
                let scope = (HeaderName::from_static("service-worker-allowed"), SCOPE);
                response.headers_mut().insert(scope.0, scope.1);
            }
            let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
            response.headers_mut().insert(header::CACHE_CONTROL, forever);
            response
        }
        None => refuse(&http, Code::NotFound),
    }
}

/// Any other address is a screen of one of the apps: the app itself decides what to show.
pub(super) async fn screen(http: HttpRequest) -> HttpResponse {
    let path = http.path();
    let is_screen = http.method() == Method::GET || http.method() == Method::HEAD;
    if !is_screen
        || path.starts_with("/api/")
        || path.rsplit('/').next().unwrap_or("").contains('.')
    {
        return match found(&http, path.trim_start_matches('/')) {
            Some(response) if is_screen => response,
            _ => refuse(&http, Code::NotFound),
        };
    }
    let page = match path.split('/').nth(1) {
        Some("admin") => "admin.html",
        Some("teaching" | "team") => "teaching.html",
        _ => "index.html",
    };
    let (Some(mut response), Some(page)) = (found(&http, page), PAGES.get(page)) else {
        return HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("The web apps are not built: run `cargo xtask dist` first.");
    };
    let tag = EntityTag::new_weak(page.tag.clone());
    if IfNoneMatch::parse(&http).is_ok_and(|known| is_known(&known, &tag)) {
        response = HttpResponse::NotModified().finish();
    }
    let headers = response.headers_mut();
    // A phone may keep the page, but asks each time whether it still holds.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = ETag(tag).try_into_value() {
        headers.insert(header::ETAG, tag);
    }
    if let Ok(link) = HeaderValue::from_str(&page.link) {
        headers.insert(header::LINK, link);
    }
    response
}

fn is_known(known: &IfNoneMatch, tag: &EntityTag) -> bool {
    match known {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|it| it.weak_eq(tag)),
    }
}

/// The file in the best encoding the browser takes.
fn found(http: &HttpRequest, name: &str) -> Option<HttpResponse> {
    let accepted = http.headers().get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    let accepted = accepted.unwrap_or_default();
    let encoded = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(encoding, ending)| {
        let takes = accepted.split(',').any(|it| it.trim().split(';').next() == Some(encoding));
        let file = takes.then(|| Web::get(&format!("{name}.{ending}"))).flatten()?;
        Some((Some(encoding), file))
    });
    let (encoding, file) = encoded.or_else(|| Some((None, Web::get(name)?)))?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type(name))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    Some(response.body(file.data.into_owned()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What `pages.json`, written when the apps are built, says of a page.
#[derive(serde::Deserialize)]
struct Page {
    /// Another one if anything in the page is different.
    tag: String,
    /// The hashes of the styles and the scripts inside it, for the CSP.
    styles: Vec<String>,
    scripts: Vec<String>,
    /// The header that has the browser fetch what the page needs before it has read it.
    link: String,
}

static PAGES: LazyLock<BTreeMap<String, Page>> = LazyLock::new(|| {
    let file = Web::get("pages.json");
    let pages = file.map(|file| serde_json::from_slice(&file.data)).transpose();
    pages
        .inspect_err(|error| tracing::error!(%error, "the web apps are of another version"))
        .unwrap_or_default()
        .unwrap_or_default()
});

static STYLES: LazyLock<String> = LazyLock::new(|| sources(|page| &page.styles));
static SCRIPTS: LazyLock<String> = LazyLock::new(|| sources(|page| &page.scripts));

/// The hashes of all pages, each once, as sources of the CSP.
fn sources(hashes: fn(&Page) -> &[String]) -> String {
    let hashes: BTreeSet<&String> = PAGES.values().flat_map(hashes).collect();
    hashes.into_iter().flat_map(|hash| [" '", hash.as_str(), "'"]).collect()
}

/// What pages of the apps may load and run.
///
/// Engines that do not know `wasm-unsafe-eval` (Chromium before 97, Safari before 16) refuse to
/// compile WebAssembly without `unsafe-eval`; only they are given it.
pub(super) fn content_security_policy(agent: Option<&HeaderValue>) -> String {
    let agent = agent.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let wasm = if is_old_engine(agent) { "'unsafe-eval'" } else { "'wasm-unsafe-eval'" };
    // Its own script, which the scanner needs, and the addresses by which that calls WeChat.
    let [script, frames] = if agent.contains("MicroMessenger") {
        [" https://res.wx.qq.com", " frame-src weixin: wvjbscheme:;"]
    } else {
        ["", ""]
    };
    format!(
        "default-src 'self'; script-src 'self'{} {wasm}{script};{frames} style-src 'self'{}; \
         img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
        *SCRIPTS, *STYLES
    )
}

fn is_old_engine(agent: &str) -> bool {
    let number_after = |mark: &str| -> Option<u32> {
        let rest = agent.split_once(mark)?.1;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    match number_after("Chrome/") {
        Some(major) => major < 97,
        None => {
            number_after("iPhone OS ").or_else(|| number_after("CPU OS ")).is_some_and(|it| it < 16)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_engines_without_wasm_unsafe_eval_are_given_unsafe_eval() {
        for (agent, old) in [
            (
                "Mozilla/5.0 (Linux; Android 10) Chrome/86.0.4240.99 XWEB/4343 MicroMessenger/8.0",
                true,
            ),
            ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0.6723.103 XWEB/1300", false),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 14_8 like Mac OS X) Safari/604.1", true),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) Safari/604.1", false),
            ("curl/8", false),
        ] {
            let policy = content_security_policy(Some(&HeaderValue::from_str(agent).unwrap()));
            assert_eq!(policy.contains("'unsafe-eval'"), old, "{agent}");
            let inside = agent.contains("MicroMessenger");
            assert_eq!(policy.contains("https://res.wx.qq.com"), inside, "{agent}");
        }
    }
}
