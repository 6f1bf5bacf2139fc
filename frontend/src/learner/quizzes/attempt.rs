//! The page of a running attempt.

use leptos::prelude::*;
use shared::{
    quizzes::{Attempt, AttemptId, AttemptState, ShowAttempt, TakeOverAttempt},
    time::clock_time,
};

use super::{
    super::Page,
    answer_card::answer_card,
    clock_line::{clock_line, seconds_left},
    paper::{Paper, Stage},
    question::question,
    submission::{submit_dialog, submitting},
};
use crate::{
    storage,
    ui::{
        Act, Keep, Load, Navigation, Overlay, Parent, Shape, Tone, banner, busy_button, button,
        empty,
        html::{self, Html, div, live, many, none, p},
        link_button, page_frame, trouble_note,
    },
};

pub fn attempt_page(attempt: AttemptId) -> Html {
    let load = Load::of(Keep::ForOffline, move || ShowAttempt { attempt });
    let parent = Parent::new(Page::Today);
    let content = load.view(move |attempt| {
        parent.set(Page::Quiz(attempt.quiz));
        show(&attempt)
    });
    page_frame("测验", parent, content)
}

fn show(attempt: &Attempt) -> Html {
    if attempt.state != AttemptState::InProgress {
        Navigation::expect().replace(&Page::Result(attempt.id).to_string());
        return none();
    }
    let here = attempt.writer == Some(storage::device());
    let (id, taken) = (attempt.id, RwSignal::new(here.then(|| attempt.clone())));
    live(move || match taken.get() {
        Some(attempt) => untrack(|| answering(&attempt)),
        None => take_over(id, taken),
    })
}

/// The attempt is being written on another device.
fn take_over(attempt: AttemptId, taken: RwSignal<Option<Attempt>>) -> Html {
    let act = Act::new();
    let take = move || {
        let request = TakeOverAttempt { attempt, device: storage::device() };
        act.call(&request, move |attempt| taken.set(Some(attempt)));
    };
    many([
        empty(
            Shape::Quiz,
            "这份卷在另一台手机上答着",
            "在这里接着答，那一台就停止保存。已经保存的答案都在。",
        ),
        act.note(),
        busy_button("button", "在这台手机上接着答", "正在换到这台…", act.busy, take),
    ])
}

fn answering(attempt: &Attempt) -> Html {
    let paper = Paper::open(attempt);
    let navigation = Navigation::expect();
    let (result, quiz) = (Page::Result(attempt.id), Page::Quiz(attempt.quiz));
    let title = attempt.title.clone();
    let leave = move || link_button("button", quiz, "回到测验说明");
    live(move || match paper.stage.get() {
        Stage::Answering => untrack(|| sheet(paper, &title)),
        Stage::Submitting { waiting } => untrack(|| submitting(paper, waiting)),
        Stage::Elsewhere => {
            let text = "这一台已停止保存。请在那一台上答完交卷。";
            many([empty(Shape::Quiz, "您在另一台手机上接着答了", text), leave()])
        }
        Stage::Refused(trouble) => many([trouble_note(&trouble), leave()]),
        Stage::Over => {
            navigation.replace(&result.to_string());
            none()
        }
    })
}

/// The question on the screen and everything around it.
fn sheet(paper: Paper, title: &str) -> Html {
    let (card, asking) = (Overlay::new(), Overlay::new());
    let seconds = seconds_left(paper);
    let rest = move || format!("答题卡（还有 {} 题没答）", paper.unanswered());
    let tools = div("attempt-tools")
        .with(button("button-link", "", move || card.show()).live_text(rest))
        .with(button("button-link", "交卷", move || asking.show()));
    many([
        p("attempt-title").text(title),
        clock_line(paper, seconds),
        unsaved_banner(paper),
        question(paper),
        tools,
        steps(paper, asking),
        answer_card(paper, card),
        submit_dialog(paper, asking),
    ])
}

/// Cannot be missed for as long as answers are only on this phone.
fn unsaved_banner(paper: Paper) -> Html {
    let lost = Memo::new(move |_| paper.struggling.get() && paper.unsaved() > 0);
    live(move || {
        if !lost.get() {
            return none();
        }
        let why = if paper.client.online.get() { "服务器忙" } else { "没有网络" };
        let end = clock_time(paper.deadline_at);
        let text = if paper.kept.get() {
            format!("{why}，答案已存在手机里，恢复后自动上传。{end} 前传上来才算分")
        } else {
            format!("{why}，手机也存不下答案：请不要关掉这一页。{end} 前传上来才算分")
        };
        div("sticky").with(banner(Tone::Bad, Shape::Cloud, &text))
    })
}

fn steps(paper: Paper, asking: Overlay) -> Html {
    let last = move || paper.at.get() + 1 == paper.count();
    let go = move |to: usize| {
        paper.at.set(to);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    let back = button("button button-plain", "上一题", move || {
        go(paper.at.get_untracked().saturating_sub(1));
    });
    let forward = move || {
        if untrack(last) { asking.show() } else { go(paper.at.get_untracked() + 1) }
    };
    let forward = html::button("button")
        .attr("type", "button")
        .live_text(move || if last() { "交卷" } else { "下一题" }.into())
        .press(forward);
    let pair =
        div("action-bar pair").with(back.disabled(move || paper.at.get() == 0)).with(forward);
    many([div("action-room"), pair])
}
