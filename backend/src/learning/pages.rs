//! `/study`: what learners keep, ask and look back on, and where they are answered. Pages that need no
//! script, so that the phone does not have to carry them; where something is typed, one keeps it.

mod answering;
mod checking;
mod clause;
mod course;
mod hub;
mod lesson;
mod path;
mod post_path;
mod practice;
mod search;
mod written;

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{HeaderValue, REFRESH},
        uri::PathAndQuery,
    },
    web,
};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use shared::problem::{Code, Problem};

use super::enquiries;
use crate::{
    App, Error, Result,
    accounts::{
        Caller, MessagePage, people, reach_of,
        visitor::{self, Visitor},
    },
    audit::Actor,
    http::{Look, Page, page, page_with_script, redirect},
};

/// A verb in a transaction, at its time.
macro_rules! write {
    ($app:expr, |$tx:ident, $now:ident| $verb:expr) => {{
        let clock = $app.clock.clone();
        $app.db
            .write(move |$tx| {
                Box::pin(async move {
                    let $now = clock.now($tx).await?;
                    $verb.await
                })
            })
            .await
    }};
}
use write;

pub(super) fn plain(config: &mut web::ServiceConfig) {
    hub::plain(config);
    lesson::plain(config);
    checking::plain(config);
    course::plain(config);
    path::plain(config);
    answering::plain(config);
    clause::plain(config);
    post_path::plain(config);
    practice::plain(config);
    search::plain(config);
    written::plain(config);
}

/// Who looks at a page.
struct Guest {
    caller: Caller,
    actor: Actor,
    look: Look,
}

impl Guest {
    fn page(&self, status: StatusCode, content: impl Template) -> Result<HttpResponse> {
        page(Page { look: self.look, ..Page::new(status, content) })
    }

    fn page_with_script(&self, status: StatusCode, content: impl Template) -> Result<HttpResponse> {
        let person = Some(self.caller.person);
        page_with_script(Page { look: self.look, person, ..Page::new(status, content) })
    }
}

/// Shows a page to whoever is signed in; others sign in first.
async fn respond(
    http: &HttpRequest,
    app: &App,
    then: impl AsyncFnOnce(&Guest) -> Result<HttpResponse>,
) -> HttpResponse {
    let look = Look::of(http);
    visitor::respond(http, app, async |visitor| {
        let Some(visitor) = visitor else { return sign_in_first(http, look) };
        let shown = match guest(app, visitor, look).await {
            Ok(guest) => then(&guest).await,
            Err(error) => Err(error),
        };
        match shown {
            Err(Error::Refused(problem)) => refused(&problem, look),
            other => other,
        }
    })
    .await
}

/// Leads to the sign-in. Browsers let no form lead to another host, as WeChat's is; so what a form sent
/// is answered by a page, which goes there at once.
fn sign_in_first(http: &HttpRequest, look: Look) -> Result<HttpResponse> {
    // What was searched for is searched for afterwards.
    let asked = http.uri().path_and_query().filter(|_| http.method() == Method::GET);
    let to = asked.map_or_else(|| shown_at(http.path()), PathAndQuery::as_str);
    let to = utf8_percent_encode(to, NON_ALPHANUMERIC);
    let enter = format!("/enter/wechat?to={to}");
    if http.method() == Method::GET {
        return Ok(redirect(&enter, Vec::new()));
    }
    let at_once = HeaderValue::from_str(&format!("0;url={enter}")).map_err(anyhow::Error::from)?;
    let message = MessagePage {
        title: "请重新登录".into(),
        text: format!("登录过期了，刚才的没有交上去。{}", what_to_do(http.path())),
        steps: Vec::new(),
        action: Some(("重新登录", enter)),
    };
    let mut response = page(Page { look, ..Page::new(StatusCode::UNAUTHORIZED, message) })?;
    response.headers_mut().insert(REFRESH, at_once);
    Ok(response)
}

/// Only where the page keeps what is typed (`study_form.js`) nothing is lost.
fn what_to_do(path: &str) -> &'static str {
    match path.rsplit_once('/') {
        Some((_, "favourite" | "removal")) => "登录以后请再点一次。",
        Some(("/study/paths", _)) => "登录以后要重新填一次。",
        _ => "登录以后再交一次，写过的都还在。",
    }
}

/// The page on which a form stands: at the form's own address there is none, and whoever has to sign in
/// first comes back to what they typed.
fn shown_at(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some(
            (page, "note" | "question" | "rating" | "favourite") | (page @ "/study/questions", _),
        ) => page,
        Some((_, "removal")) => "/study",
        _ => path,
    }
}

async fn guest(app: &App, visitor: Visitor, look: Look) -> Result<Guest> {
    let me = people::me(app, visitor.person).await?;
    let mut reaches = BTreeMap::new();
    for role in enquiries::ANSWERING {
        if me.is(role) {
            reaches.insert(role, reach_of(app.db.read(), visitor.person, role).await?);
        }
    }
    let caller = Caller {
        person: visitor.person,
        sign_in: visitor.actor.sign_in.ok_or(Code::NotSignedIn)?,
        name: visitor.name,
        organization: me.organization.id,
        post: me.post.map(|it| it.id),
        reaches,
    };
    Ok(Guest { caller, actor: visitor.actor, look })
}

fn refused(problem: &Problem, look: Look) -> Result<HttpResponse> {
    let message = MessagePage {
        title: "现在打不开".into(),
        text: problem.sentence(),
        steps: Vec::new(),
        action: Some(("回首页", "/".into())),
    };
    page(Page { look, ..Page::new(status(Some(problem)), message) })
}

/// Of a page that may say what was wrong.
fn status(wrong: Option<&Problem>) -> StatusCode {
    let status = wrong.map_or(200, |it| it.code.status());
    StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN)
}

/// Goes on to a page, or shows again what could not be taken, with the reason.
async fn then_to(
    done: Result<()>,
    to: &str,
    again: impl AsyncFnOnce(&Problem) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    match done {
        Ok(()) => Ok(redirect(to, Vec::new())),
        Err(Error::Refused(problem)) if problem.code != Code::NotFound => again(&problem).await,
        Err(error) => Err(error),
    }
}

/// An id in the address; what is none does not exist.
fn id<T: std::str::FromStr>(http: &HttpRequest, name: &str) -> Result<T> {
    http.match_info().query(name).parse().map_err(|_| Code::NotFound.into())
}

/// A form that is none of ours is an empty one.
fn filled<T: Default>(form: Result<web::Form<T>, actix_web::Error>) -> T {
    form.map(web::Form::into_inner).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_to_sign_in_comes_back_to_the_page_of_the_form() {
        for (path, page) in [
            ("/study/lessons/7/note", "/study/lessons/7"),
            ("/study/lessons/7/question", "/study/lessons/7"),
            ("/study/lessons/7/check", "/study/lessons/7/check"),
            ("/study/courses/7/rating", "/study/courses/7"),
            ("/study/courses/7/favourite", "/study/courses/7"),
            ("/study/notes/7/removal", "/study"),
            ("/study/questions/7", "/study/questions"),
            ("/study/questions", "/study/questions"),
            ("/study/paths/7", "/study/paths/7"),
        ] {
            assert_eq!(shown_at(path), page);
        }
    }
}
