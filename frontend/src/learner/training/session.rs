//! One session: when, where, what to bring; enrolling and cancelling.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    time::{clock_time, moment},
    training::{
        CancelEnrollment, Enroll, SessionState, ShowTrainingSession, TrainingSession,
        TrainingSessionCard, TrainingSessionId,
    },
};

use super::{super::Page, check_in_is_open, session_tag, session_time};
use crate::{
    client::{Client, Trouble},
    clock,
    ui::{
        ActionBar, BusyButton, Cell, Cells, Dialog, Icon, Keep, Load, Loaded, Overlay, PageFrame,
        Shape, Toast, TroubleNote, name_page,
    },
};

#[component]
pub fn SessionPage(session: TrainingSessionId) -> impl IntoView {
    let load = Load::of(Keep::ShowAtOnce, move || ShowTrainingSession { session });
    view! {
        <PageFrame title="实训" parent=Page::Sessions.to_string()>
            <Loaded load children=move |session| show(session, load)/>
        </PageFrame>
    }
}

fn show(session: TrainingSession, load: Load<TrainingSession>) -> AnyView {
    let card = &session.card;
    name_page(&card.title);
    let seats = format!("{} 个名额，已报 {} 人", card.seats, card.taken);
    let teaching = session.teaching.then(|| {
        view! { <Cell to=Page::Roster(card.id) title="签到名单和大屏幕" shape=Shape::Board/> }
    });
    let course = session.course.as_ref().map(|course| {
        view! { <Cell to=Page::Course(course.id) title=course.title.clone() note="先学这门课" shape=Shape::Book/> }
    });
    view! {
        <h2 class="lesson-title">{card.title.clone()}</h2>
        <p class="course-tags">{session_tag(card)}</p>
        <ul class="facts">
            {fact(Shape::Clock, "时间", session_time(card))}
            {fact(Shape::Place, "地点", card.place.clone())}
            {fact(Shape::Person, "讲师", card.instructor.clone())}
            {fact(Shape::Board, "名额", seats)}
        </ul>
        {(!session.notes.is_empty()).then(|| view! {
            <section class="aims"><h3>"要带什么、注意什么"</h3><p>{session.notes.clone()}</p></section>
        })}
        {(session.teaching || session.course.is_some()).then(|| view! { <Cells>{teaching}{course}</Cells> })}
        <Enrolment card=card.clone() load/>
    }
    .into_any()
}

fn fact(shape: Shape, name: &'static str, value: String) -> AnyView {
    view! { <li><Icon shape/><span class="fact-name">{name}</span><span>{value}</span></li> }.into_any()
}

/// What the person can do: enrol, cancel, check in, or nothing any more.
#[component]
fn Enrolment(card: TrainingSessionCard, load: Load<TrainingSession>) -> impl IntoView {
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let over = matches!(card.state, SessionState::Ended | SessionState::Cancelled);
    let can_cancel = card.enrolled && card.checked_in_at.is_none() && !over;
    let opens = moment(card.check_in_opens_at, clock::now());
    let main = if let Some(at) = card.checked_in_at {
        view! { <p class="action-words">{format!("您 {} 签到了", clock_time(at))}</p> }.into_any()
    } else if over {
        view! { <p class="action-words">{format!("这场实训{}", card.state.label())}</p> }.into_any()
    } else if check_in_is_open(&card, clock::now()) {
        view! { <a class="button" href=Page::CheckIn.to_string()>"去签到"</a> }.into_any()
    } else if card.enrolled {
        view! { <p class="action-words">{format!("已报名，{opens} 开始签到")}</p> }.into_any()
    } else if card.taken >= card.seats {
        view! { <p class="action-words">"名额已满，请看看其他场次"</p> }.into_any()
    } else {
        enrol_button(&card, load, busy, trouble)
    };
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        {can_cancel.then(|| view! { <CancelButton card=card.clone() load busy trouble/> })}
        <ActionBar>{main}</ActionBar>
    }
}

fn enrol_button(
    card: &TrainingSessionCard,
    load: Load<TrainingSession>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
) -> AnyView {
    let (client, toast) = (Client::expect(), Toast::expect());
    let session = card.id;
    let enrol = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            match client.call(Enroll { session }).await {
                Ok(_) => {
                    toast.say("报名成功");
                    load.reload();
                }
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    view! { <BusyButton text="报名" doing="正在报名…" busy on_press=enrol/> }.into_any()
}

#[component]
fn CancelButton(
    card: TrainingSessionCard,
    load: Load<TrainingSession>,
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<Trouble>>,
) -> impl IntoView {
    let (client, toast, asking) = (Client::expect(), Toast::expect(), Overlay::new());
    let session = card.id;
    let cancel = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            match client.call(CancelEnrollment { session }).await {
                Ok(_) => {
                    toast.say("已取消报名");
                    load.reload();
                }
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    let time = session_time(&card);
    view! {
        <button type="button" class="button button-plain" on:click=move |_| asking.show()>"取消报名"</button>
        <Dialog overlay=asking title="不参加这场实训了吗？" yes="取消报名" no="还是参加" on_yes=cancel>
            <p>{format!("{}，{time}。取消后名额会让给别人。", card.title)}</p>
        </Dialog>
    }
}
