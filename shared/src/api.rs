//! How an HTTP operation is declared, and how a request becomes an HTTP message and back.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::problem::{Code, Problem};

/// One HTTP operation; the implementing type is the request itself.
///
/// Fields named in [`PATH`](Self::PATH) travel in the path; the others travel in the query of a
/// `GET` or `DELETE` and in the JSON body of everything else.
pub trait Endpoint: Serialize + DeserializeOwned + ToSchema + 'static {
    const METHOD: Method;
    const PATH: &'static str;
    /// Who may call it.
    type Access;
    /// What that is called.
    const ACCESS: &'static str;
    /// What the operation is called.
    const OPERATION: &'static str;
    type Response: Serialize + DeserializeOwned + ToSchema + 'static;
    /// Whether the caller must have proven within the last minutes who it is.
    const STEP_UP: bool = false;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE,
}

impl Method {
    pub const fn has_body(self) -> bool {
        !matches!(self, Self::GET | Self::DELETE)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GET => "GET",
            Self::POST => "POST",
            Self::PUT => "PUT",
            Self::PATCH => "PATCH",
            Self::DELETE => "DELETE",
        }
    }
}

/// Anyone, signed in or not.
#[derive(Debug)]
pub enum Public {}
/// Any signed-in person: everybody on the roster is a learner too.
#[derive(Debug)]
pub enum SignedIn {}
/// 讲师, and officers, who may stand in for any of them.
#[derive(Debug)]
pub enum Instructor {}
/// 队长, and officers, who may help anybody.
#[derive(Debug)]
pub enum TeamLeader {}
/// 经办
#[derive(Debug)]
pub enum Officer {}
/// 讲师, 基地管理员 of where it takes place, and officers: who look at who came.
#[derive(Debug)]
pub enum Attending {}
/// Officers, and 基地管理员, who look at what takes place at their bases.
#[derive(Debug)]
pub enum Host {}
/// 系统管理员, and officers: who appoint people, and keep organisations, posts and bases.
#[derive(Debug)]
pub enum Appointer {}

/// 系统管理员, and officers of the whole bureau: for what concerns every organisation at once.
#[derive(Debug)]
pub enum Operator {}
/// 审计管理员, and nobody else.
#[derive(Debug)]
pub enum Auditor {}

/// An endpoint's place in the URL space, for tests that look at all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// Whether the caller must have proven just now who it is.
    pub step_up: bool,
    pub operation: &'static str,
    /// Who may call it.
    pub access: &'static str,
}

impl Route {
    pub const fn of<E: Endpoint>() -> Self {
        Self {
            method: E::METHOD,
            path: E::PATH,
            step_up: E::STEP_UP,
            operation: E::OPERATION,
            access: E::ACCESS,
        }
    }
}

/// Declares a domain's endpoints as a table. After the response comes `STEP_UP` where the caller
/// must have proven just now who it is.
#[macro_export]
macro_rules! endpoints {
    ($( $method:ident $path:literal $access:ident $request:ident => $response:ty
        $(, $flag:ident )?; )+) => {
        $(
            impl $crate::api::Endpoint for $request {
                const METHOD: $crate::api::Method = $crate::api::Method::$method;
                const PATH: &'static str = $path;
                type Access = $crate::api::$access;
                const ACCESS: &'static str = stringify!($access);
                const OPERATION: &'static str = stringify!($request);
                type Response = $response;
                $( const $flag: bool = true; )?
            }
        )+

        pub const ROUTES: &[$crate::api::Route] = &[$( $crate::api::Route::of::<$request>() ),+];
    };
}

/// A request on its way out.
#[derive(Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub method: Method,
    pub target: String,
    pub body: Option<String>,
}

/// The HTTP message of a request; [`decode`] reads it back.
pub fn encode<E: Endpoint>(request: &E) -> Outgoing {
    let mut fields = fields_of(request);
    let mut target: String = E::PATH
        .split('/')
        .map(|segment| match placeholder(segment) {
            Some(name) => escape(&fields.remove(name).unwrap_or_default()),
            None => segment.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/");
    fields.retain(|_, value| !value.is_null());
    if E::METHOD.has_body() {
        let body = Some(Value::Object(fields).to_string());
        return Outgoing { method: E::METHOD, target, body };
    }
    let query = serde_html_form::to_string(fields).expect("query fields are flat");
    if !query.is_empty() {
        target = format!("{target}?{query}");
    }
    Outgoing { method: E::METHOD, target, body: None }
}

/// Reads a request from its path values, query and body.
///
/// # Errors
/// `malformed_body` where the body is not JSON, `invalid_request` naming the field otherwise; a
/// field the request does not know is refused.
pub fn decode<'a, E: Endpoint>(
    path: impl Iterator<Item = (&'a str, &'a str)>,
    query: &str,
    body: &[u8],
) -> Result<E, Problem> {
    if E::METHOD.has_body() {
        let mut fields: Map<String, Value> = match body {
            [] => Map::new(),
            body => serde_json::from_slice(body).map_err(|_| Code::MalformedBody)?,
        };
        fields.extend(path.map(|(name, value)| (name.to_owned(), value.into())));
        serde_path_to_error::deserialize(Value::Object(fields))
            .map_err(|error| invalid(&error.path().to_string(), error.inner()))
    } else {
        let mut pairs = path.collect::<Vec<_>>();
        let query: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        pairs.extend(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let form = serde_html_form::to_string(pairs).expect("pairs are flat");
        let form = serde_html_form::Deserializer::from_bytes(form.as_bytes());
        serde_path_to_error::deserialize(form)
            .map_err(|error| invalid(&error.path().to_string(), error.inner()))
    }
}

/// Says in Chinese what serde said in English, as far as a person can act on it.
fn invalid(path: &str, error: &impl std::fmt::Display) -> Problem {
    let said = error.to_string();
    let quoted = || said.split('`').nth(1).unwrap_or_default().to_owned();
    let (field, message) = if said.starts_with("unknown field") {
        (quoted(), "多了一项不认识的内容")
    } else if said.starts_with("missing field") {
        (quoted(), "缺少这一项")
    } else if said.starts_with("unknown variant") {
        (path.to_owned(), "不在可选范围内")
    } else {
        (path.to_owned(), "格式不对")
    };
    let field = match path {
        "." | "" => field,
        parent if field != parent && said.contains("field `") && !parent.ends_with(&field) => {
            format!("{parent}.{field}")
        }
        path => path.to_owned(),
    };
    Problem::from(Code::InvalidRequest).field(field, message)
}

/// The name in a `{name}` path segment.
pub fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn fields_of(request: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(request) {
        Ok(Value::Object(fields)) => fields,
        Ok(Value::Null) => Map::new(),
        other => unreachable!("a request serializes to an object, not {other:?}"),
    }
}

fn escape(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    percent_encoding::utf8_percent_encode(&text, SEGMENT).to_string()
}

/// What is escaped in a segment of a path. Ids stay as they are: scripts of ours ask for the same
/// addresses, and what is kept of an answer is found by its address.
const SEGMENT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC.remove(b'-');

#[cfg(test)]
mod tests {
    use super::encode;
    use crate::courses::ShowLesson;

    #[test]
    fn an_id_stands_in_an_address_as_it_is() {
        let lesson = "0190a1b2-0000-7000-8000-000000000001".parse().unwrap();
        let target = "/api/lessons/0190a1b2-0000-7000-8000-000000000001";
        assert_eq!(encode(&ShowLesson { lesson }).target, target);
    }
}
