//! 签到: WeChat's scanner first, then our own, then typed digits.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    problem::Code,
    time::moment,
    training::{
        BeginCheckIn, CheckInTicket, CheckedIn, CompleteCheckIn, ListTrainingSessions,
        SessionFilter,
    },
};

use super::{
    super::{Page, Who, backoff},
    code_form::code_form,
    scanner::scanner,
    session_cell,
    sessions::list,
};
use crate::{
    client::{Client, Trouble},
    clock,
    ui::{
        Keep, Load, Shape,
        html::{Html, h1, h2, live, many, none, p, section},
        icon, link_button, name_page, note, trouble_note,
    },
};

pub fn check_in_page() -> Html {
    name_page("签到");
    let done = RwSignal::new(None::<CheckedIn>);
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let (client, who) = (Client::expect(), Who::expect());
    let on_code = move |code: String| {
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let name = who.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
            let answer = check_in(client, code, name.unwrap_or_default()).await;
            busy.try_set(false);
            match answer {
                Ok(checked_in) => _ = done.try_set(Some(checked_in)),
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
        });
    };
    live(move || match done.get() {
        Some(done) => checked_in(&done),
        None => ways(busy, trouble, on_code),
    })
}

/// The code is judged at once; what follows may be slow and is tried until it can no more succeed.
async fn check_in(client: Client, code: String, name: String) -> Result<CheckedIn, Trouble> {
    let ticket = client.call(BeginCheckIn { code }).await?;
    if let Some(checked_in_at) = ticket.checked_in_at {
        let CheckInTicket { session, title, place, .. } = ticket;
        return Ok(CheckedIn { session, title, place, name, checked_in_at, repeated: true });
    }
    let mut tries = 0;
    loop {
        match client.call(CompleteCheckIn { ticket: ticket.ticket.clone() }).await {
            Err(trouble) if trouble.passes() && clock::now() < ticket.expires_at => {
                backoff::wait(tries).await;
                tries += 1;
            }
            Err(Trouble::Offline) => return Err(Code::TicketSpent.into()),
            answer => return answer,
        }
    }
}

/// The ways to check in.
fn ways(
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
    on_code: impl Fn(String) + Copy + 'static,
) -> Html {
    let mine = Load::of(Keep::ShowAtOnce, || ListTrainingSessions {
        filter: Some(SessionFilter::Mine),
        cursor: None,
    });
    let state = live(move || match trouble.get() {
        Some(Trouble::Offline) => {
            let text = "网络没连上。走到有信号的地方再扫一次，或者请讲师帮您补签。";
            note("note note-wait", Shape::Cloud, p("note-text").text(text))
        }
        Some(trouble) => trouble_note(&trouble),
        None if busy.get() => {
            let text = "正在签到，网络慢请稍等，不要关掉这一页…";
            p("note note-wait").attr("role", "status").text(text)
        }
        None => none(),
    });
    let advice = section("scan-advice")
        .with(icon(Shape::Scan))
        .with(h2("").text("用微信扫一扫"))
        .with(p("").text("打开微信右上角“＋”→“扫一扫”，扫大屏幕上的码。"))
        .with(scanner(on_code));
    many([
        h1("top-title").text("签到"),
        state,
        advice,
        code_form(busy, on_code),
        h2("cells-title").text("我报名的实训"),
        mine.view(|page| list(page, SessionFilter::Mine, session_cell)),
    ])
}

/// All in one glance.
fn checked_in(done: &CheckedIn) -> Html {
    let title = if done.repeated { "您已经签到了" } else { "签到成功" };
    let glance = section("checked-in")
        .attr("role", "status")
        .with(icon(Shape::Tick))
        .with(h1("").text(title))
        .with(p("checked-in-name").text(&done.name))
        .with(p("checked-in-session").text(&done.title))
        .with(p("").text(&done.place))
        .with(p("checked-in-time").text(moment(done.checked_in_at, clock::now())));
    many([
        glance,
        link_button("button", Page::Session(done.session), "看实训安排"),
        link_button("button button-plain", Page::Today, "回到首页"),
    ])
}
