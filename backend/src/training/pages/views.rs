//! What the pages say.

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, http::StatusCode};
use askama::Template;
use chrono::{DateTime, Utc};
use shared::{
    problem::{Code, Problem},
    time,
    training::CheckedIn,
};

use super::ENTER;
use crate::{
    Error, Result,
    http::{Page, page, refuse},
    training::entity::session,
};

#[derive(Template)]
#[template(path = "check_in_confirm.html")]
struct ConfirmPage<'a> {
    name: String,
    title: &'a str,
    place: &'a str,
    when: String,
}

/// One button to press.
pub(super) fn confirm(
    session: &session::Model,
    name: String,
    now: DateTime<Utc>,
    cookies: Vec<Cookie<'static>>,
) -> Result<HttpResponse> {
    let (starts, ends) = (time::moment(session.starts_at, now), time::clock_time(session.ends_at));
    let content = ConfirmPage {
        name,
        title: &session.title,
        place: &session.place,
        when: format!("{starts}–{ends}"),
    };
    page(Page { cookies, ..Page::new(StatusCode::OK, content) })
}

#[derive(Template)]
#[template(path = "check_in_done.html")]
struct DonePage<'a> {
    name: &'a str,
    title: &'a str,
    place: &'a str,
    at: String,
    /// Nothing changed: they were in before.
    repeated: bool,
}

/// What to show the instructor at the door.
pub(super) fn done(done: &CheckedIn) -> Result<HttpResponse> {
    let content = DonePage {
        name: &done.name,
        title: &done.title,
        place: &done.place,
        at: time::clock_time(done.checked_in_at),
        repeated: done.repeated,
    };
    page(Page::new(StatusCode::OK, content))
}

/// The same for somebody who need not do anything.
pub(super) fn already_in(
    session: &session::Model,
    name: String,
    since: DateTime<Utc>,
) -> Result<HttpResponse> {
    done(&CheckedIn {
        session: session.id,
        title: session.title.clone(),
        place: session.place.clone(),
        name,
        checked_in_at: since,
        repeated: true,
    })
}

#[derive(Template)]
#[template(path = "check_in_refused.html")]
struct RefusedPage {
    title: &'static str,
    text: String,
    /// What to do, one step a line.
    steps: &'static [&'static str],
    /// The button: what it says and where it leads.
    action: Option<(&'static str, &'static str)>,
}

/// Says what happened and what to do about it.
pub(super) fn refused(http: &HttpRequest, error: Error) -> HttpResponse {
    let problem = match error {
        Error::Refused(problem) => *problem,
        // Logged there, and told apart: an overload passes by itself.
        broken @ Error::Broken(_) => {
            let busy = refuse(http, broken).status() == StatusCode::SERVICE_UNAVAILABLE;
            Problem::from(if busy { Code::Busy } else { Code::Internal })
        }
    };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::CONFLICT);
    let (title, steps) = advice(problem.code);
    let action = match problem.code {
        Code::NotSignedIn => Some(("重新登录", ENTER)),
        Code::NotEnrolled => Some(("去报名", "/sessions")),
        _ => None,
    };
    let content = RefusedPage { title, text: problem.sentence(), steps, action };
    page(Page::new(status, content)).unwrap_or_else(|error| refuse(http, error))
}

const fn advice(code: Code) -> (&'static str, &'static [&'static str]) {
    match code {
        Code::CheckInCodeStale => (
            "请再扫一次",
            &[
                "走到大屏幕前，用微信“扫一扫”扫上面的新码",
                "码每 10 秒换一次，照片和转发的码都用不了",
                "扫不上的话，请讲师帮您补签",
            ],
        ),
        Code::TicketSpent => (
            "没有签到成功",
            &["回到大屏幕前，再扫一次新码", "扫完马上点“确认签到”", "还是不行，请讲师帮您补签"],
        ),
        Code::NotEnrolled => (
            "名单上还没有您",
            &[
                "打开指尖教学，在“首页 → 实训安排”里报名",
                "报好名，再扫一次大屏幕上的码",
                "来不及报名，把姓名和工号告诉讲师，请讲师补签",
            ],
        ),
        Code::CheckInNotOpen => ("来早了一点", &["到时间以后，再扫一次大屏幕上的码就行"]),
        Code::SessionOver => {
            ("签到已经结束", &["您到场了却没签上，请找讲师补签", "还有疑问，请问培训办公室"])
        }
        Code::NotSignedIn => ("请重新登录", &["点下面的“重新登录”，登录后会回到签到"]),
        _ => ("暂时没有成功", &["等几秒，再扫一次大屏幕上的码", "还是不行，请讲师帮您补签"]),
    }
}
