//! The page of a running attempt.

use leptos::{prelude::*, task::spawn_local};
use shared::quizzes::{Attempt, AttemptId, AttemptState, ShowAttempt, TakeOverAttempt};

use super::{
    super::Page,
    answer_card::AnswerCard,
    clock_line::{ClockLine, seconds_left},
    paper::{Paper, Stage},
    question::Question,
    submission::{SubmitDialog, Submitting},
};
use crate::{
    client::{Client, Trouble},
    storage,
    ui::{
        Banner, BusyButton, Empty, Keep, Load, Loaded, Navigation, Overlay, PageFrame, Shape, Tone,
        TroubleNote,
    },
};

#[component]
pub fn AttemptPage(attempt: AttemptId) -> impl IntoView {
    let load = Load::of(Keep::ForOffline, move || ShowAttempt { attempt });
    let parent = Signal::derive(move || {
        load.get().map_or(Page::Today, |attempt| Page::Quiz(attempt.quiz)).to_string()
    });
    view! {
        <PageFrame title="测验" parent>
            <Loaded load children=show/>
        </PageFrame>
    }
}

fn show(attempt: Attempt) -> AnyView {
    if attempt.state != AttemptState::InProgress {
        Navigation::expect().replace(&Page::Result(attempt.id).to_string());
        return ().into_any();
    }
    let here = attempt.writer == Some(storage::device());
    let taken = RwSignal::new(here.then(|| attempt.clone()));
    (move || match taken.get() {
        Some(attempt) => answering(&attempt),
        None => view! { <TakeOver attempt=attempt.clone() taken/> }.into_any(),
    })
    .into_any()
}

/// The attempt is being written on another device.
#[component]
fn TakeOver(attempt: Attempt, taken: RwSignal<Option<Attempt>>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let take = Callback::new(move |()| {
        busy.set(true);
        let request = TakeOverAttempt { attempt: attempt.id, device: storage::device() };
        spawn_local(async move {
            let answer = client.call(request).await;
            busy.try_set(false);
            match answer {
                Ok(attempt) => _ = taken.try_set(Some(attempt)),
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
        });
    });
    view! {
        <Empty shape=Shape::Quiz title="这份卷在另一台手机上答着" text="在这里接着答，那一台就停止保存。已经保存的答案都在。"/>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <BusyButton text="在这台手机上接着答" doing="正在换到这台…" busy on_press=take/>
    }
}

fn answering(attempt: &Attempt) -> AnyView {
    let paper = Paper::open(attempt);
    let navigation = Navigation::expect();
    let (result, quiz) = (Page::Result(attempt.id), Page::Quiz(attempt.quiz));
    let title = attempt.title.clone();
    (move || match paper.stage.get() {
        Stage::Answering => view! { <Answering paper title=title.clone()/> }.into_any(),
        Stage::Submitting { waiting } => view! { <Submitting waiting/> }.into_any(),
        Stage::Elsewhere => view! {
            <Empty shape=Shape::Quiz title="您在另一台手机上接着答了" text="这一台已停止保存。请在那一台上答完交卷。"/>
            <a class="button" href=quiz.to_string()>"回到测验说明"</a>
        }
        .into_any(),
        Stage::Refused(trouble) => view! {
            <TroubleNote trouble/>
            <a class="button" href=quiz.to_string()>"回到测验说明"</a>
        }
        .into_any(),
        Stage::Over => {
            navigation.replace(&result.to_string());
            ().into_any()
        }
    })
    .into_any()
}

#[component]
fn Answering(paper: Paper, title: String) -> impl IntoView {
    let (card, asking) = (Overlay::new(), Overlay::new());
    let seconds = seconds_left(paper);
    view! {
        <p class="attempt-title">{title}</p>
        <ClockLine paper seconds/>
        <UnsavedBanner paper/>
        <Question paper/>
        <Steps paper asking/>
        <div class="attempt-tools">
            <button type="button" class="button-link" on:click=move |_| card.show()>
                {move || format!("答题卡（还有 {} 题没答）", paper.unanswered())}
            </button>
            <button type="button" class="button-link" on:click=move |_| asking.show()>"交卷"</button>
        </div>
        <AnswerCard paper overlay=card/>
        <SubmitDialog paper overlay=asking/>
    }
}

/// Cannot be missed for as long as answers are only on this phone and the network is missing.
#[component]
fn UnsavedBanner(paper: Paper) -> impl IntoView {
    let lost = Memo::new(move |_| paper.struggling.get() && paper.unsaved() > 0);
    move || {
        lost.get().then(|| {
            let text = "没有网络，答案已存在手机里，恢复后自动上传";
            view! { <div class="sticky"><Banner tone=Tone::Bad shape=Shape::Cloud text/></div> }
        })
    }
}

#[component]
fn Steps(paper: Paper, asking: Overlay) -> impl IntoView {
    let last = move || paper.at.get() + 1 == paper.count();
    let go = move |to: usize| {
        paper.at.set(to);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    let forward = move |_| {
        if last() { asking.show() } else { go(paper.at.get_untracked() + 1) }
    };
    view! {
        <div class="action-room"></div>
        <div class="action-bar pair">
            <button type="button" class="button button-plain" disabled=move || paper.at.get() == 0
                on:click=move |_| go(paper.at.get_untracked().saturating_sub(1))>
                "上一题"
            </button>
            <button type="button" class="button" on:click=forward>
                {move || if last() { "交卷" } else { "下一题" }}
            </button>
        </div>
    }
}
