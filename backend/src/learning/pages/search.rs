//! `/study/search`: finding what courses and standards say, by words of it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use shared::standards::{CitedClause, ClauseId, SearchHit, SearchKind, SearchTexts};

use super::{Guest, respond};
use crate::{App, Error, Result, standards};

pub(super) fn plain(config: &mut web::ServiceConfig) {
    config.route("/study/search", web::get().to(read));
}

/// What is asked for in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    words: String,
    kind: Option<SearchKind>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// A clause that was found, to be read whole.
    clause: Option<ClauseId>,
}

#[derive(Template)]
#[template(path = "study_search.html")]
struct SearchPage {
    words: String,
    /// Words and kinds to narrow what is found, each with its page, and whether it is this one.
    kinds: Vec<(&'static str, String, bool)>,
    wrong: Option<String>,
    clause: Option<CitedClause>,
    hits: Vec<Hit>,
    next: Option<String>,
}

struct Hit {
    kind: &'static str,
    context: String,
    title: String,
    excerpt: String,
    link: String,
}

async fn read(http: HttpRequest, app: web::Data<App>) -> HttpResponse {
    // Whatever is none of ours asks for nothing.
    let asked = web::Query::<Asked>::from_query(http.query_string());
    let asked = asked.map(web::Query::into_inner).unwrap_or_default();
    respond(&http, &app, async |guest| show(&app, guest, asked).await).await
}

async fn show(app: &App, guest: &Guest, asked: Asked) -> Result<HttpResponse> {
    let Asked { words, kind, cursor, clause } = asked;
    let words = words.trim().to_owned();
    let clause = match clause {
        Some(id) => Some(standards::found_clause(app.db.read(), id).await?),
        None => None,
    };
    let address = |kind: Option<SearchKind>| {
        let of_kind = kind.map(|it| format!("&kind={}", code(it))).unwrap_or_default();
        format!("/study/search?words={}{of_kind}", encoded(&words))
    };
    let kinds = [("全部", None)].into_iter().chain(SearchKind::ALL.iter().copied().map(named));
    let kinds = kinds.map(|(name, it)| (name, address(it), it == kind)).collect();
    let here = address(kind);
    let (mut hits, mut next, mut wrong) = (Vec::new(), None, None);
    if !words.is_empty() {
        let request = SearchTexts { words: words.clone(), kind, cursor };
        match standards::search(app.db.read(), request).await {
            Ok(found) => {
                hits = found.items.into_iter().map(|it| Hit::of(it, &here)).collect();
                next = found.next.map(|it| format!("{here}&cursor={}", encoded(&it)));
            }
            Err(Error::Refused(problem)) => wrong = Some(problem.sentence()),
            Err(broken) => return Err(broken),
        }
    }
    guest.page(StatusCode::OK, SearchPage { words, kinds, wrong, clause, hits, next })
}

impl Hit {
    fn of(hit: SearchHit, here: &str) -> Self {
        let link = match (hit.clause, hit.lesson, hit.course) {
            (Some(clause), ..) => format!("{here}&clause={clause}"),
            (None, Some(lesson), _) => format!("/lessons/{lesson}"),
            (None, None, Some(course)) => format!("/courses/{course}"),
            (None, None, None) => here.to_owned(),
        };
        let SearchHit { kind, context, title, excerpt, .. } = hit;
        Self { kind: kind.label(), context, title, excerpt, link }
    }
}

const fn named(kind: SearchKind) -> (&'static str, Option<SearchKind>) {
    (kind.label(), Some(kind))
}

/// As it stands in an address.
const fn code(kind: SearchKind) -> &'static str {
    match kind {
        SearchKind::Clause => "clause",
        SearchKind::Course => "course",
        SearchKind::Lesson => "lesson",
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}
