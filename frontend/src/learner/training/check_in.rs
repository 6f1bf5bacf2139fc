//! 签到: WeChat's scanner first, then our own, then typed digits.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    problem::Code,
    time::{clock_time, moment},
    training::{
        BeginCheckIn, CheckInTicket, CheckedIn, CompleteCheckIn, ListTrainingSessions,
        SessionFilter,
    },
};

use super::{
    super::{Page, Who, backoff},
    code_form::CodeForm,
    scanner::Scanner,
    sessions::list,
};
use crate::{
    client::{Client, Trouble},
    clock,
    ui::{Icon, Keep, Load, Loaded, Shape, TroubleNote, name_page},
};

/// How far the check-in is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Ready,
    Working,
    Failed(Trouble),
    In(CheckedIn),
}

#[component]
pub fn CheckInPage() -> impl IntoView {
    name_page("签到");
    let stage = RwSignal::new(Stage::Ready);
    let (client, who) = (Client::expect(), Who::expect());
    let on_code = Callback::new(move |code: String| {
        stage.set(Stage::Working);
        spawn_local(async move {
            let name = who.me.with_untracked(|me| me.as_ref().map(|me| me.name.clone()));
            let end = match check_in(client, code, name.unwrap_or_default()).await {
                Ok(done) => Stage::In(done),
                Err(trouble) => Stage::Failed(trouble),
            };
            stage.try_set(end);
        });
    });
    move || match stage.get() {
        Stage::In(done) => view! { <Done done/> }.into_any(),
        now => view! { <Ways stage=now on_code/> }.into_any(),
    }
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

#[component]
fn Ways(stage: Stage, on_code: Callback<String>) -> impl IntoView {
    let working = stage == Stage::Working;
    let trouble = match stage {
        Stage::Failed(trouble) => Some(trouble),
        _ => None,
    };
    let mine = Load::of(Keep::ShowAtOnce, || ListTrainingSessions {
        filter: Some(SessionFilter::Mine),
        cursor: None,
    });
    view! {
        <h1 class="top-title">"签到"</h1>
        {trouble.map(|trouble| view! { <TroubleNote trouble/> })}
        {working.then(|| view! { <p class="note note-wait" role="status">"正在签到，网络慢请稍等，不要关掉这一页…"</p> })}
        <section class="scan-advice">
            <Icon shape=Shape::Scan/>
            <h2>"用微信扫一扫"</h2>
            <p>"打开微信右上角“＋”→“扫一扫”，扫大屏幕上的码。"</p>
            <Scanner on_code/>
        </section>
        <CodeForm busy=working on_code/>
        <h2 class="cells-title">"我报名的实训"</h2>
        <Loaded load=mine children=|page| list(page, SessionFilter::Mine)/>
    }
}

/// All in one glance.
#[component]
fn Done(done: CheckedIn) -> impl IntoView {
    let now = clock::now();
    let title = if done.repeated { "您已经签到了" } else { "签到成功" };
    view! {
        <section class="checked-in" role="status">
            <Icon shape=Shape::Tick/>
            <h1>{title}</h1>
            <p class="checked-in-name">{done.name}</p>
            <p class="checked-in-session">{done.title}</p>
            <p>{done.place}</p>
            <p class="checked-in-time">{clock_time(done.checked_in_at)}</p>
            <p>{moment(done.checked_in_at, now)}</p>
        </section>
        <a class="button" href=Page::Session(done.session).to_string()>"看实训安排"</a>
        <a class="button button-plain" href=Page::Today.to_string()>"回到首页"</a>
    }
}
