//! 动作解析: one step card a screen.

use leptos::prelude::*;
use shared::{
    content::{NoticeTone, StepCard, StepLesson},
    standards::ClauseChip,
    time,
};

use super::{
    Study,
    article::{lines, notice},
    chips::chips,
    clip::clip,
    picture::picture_at_once,
};
use crate::ui::{
    button,
    html::{Html, div, follow, h2, h3, input, label, live, many, none, ol, p, section, span, ul},
};

pub fn steps(
    lesson: StepLesson,
    clauses: Vec<ClauseChip>,
    resume_at: u32,
    on_study: Option<Callback<Study>>,
) -> Html {
    let StepLesson { materials, cards, .. } = lesson;
    let count = cards.len();
    if count == 0 {
        return p("empty-text").text("还没有步骤卡");
    }
    let at = RwSignal::new((resume_at as usize).min(count - 1));
    let sure = RwSignal::new(vec![false; count]);
    if let Some(on_study) = on_study {
        // Opening it is no news: she may be further on another phone.
        let moved = StoredValue::new(false);
        follow(move || {
            let at = at.get();
            let reached_end = at + 1 == count;
            if reached_end || moved.get_value() {
                let position = u32::try_from(at).unwrap_or_default();
                on_study.run(Study { position, watched: Vec::new(), reached_end });
            }
            moved.set_value(true);
        });
    }
    let shown = move || {
        let at = at.get();
        let materials = if at == 0 { prepare(&materials) } else { none() };
        let cited = chips(&clauses, u32::try_from(at).ok());
        many([materials, card_view(&cards[at], at, count).with(cited), self_check(sure, at)])
    };
    let go = move |to: usize| {
        at.set(to);
        if on_study.is_some() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    };
    div("steps").live(shown).with(step_buttons(at, count, go))
}

fn prepare(materials: &[String]) -> Html {
    if materials.is_empty() {
        return none();
    }
    section("prepare").with(h2("").text("先备好")).with(ul("").all(lines(materials)))
}

fn card_view(card: &StepCard, at: usize, count: usize) -> Html {
    let part = |title: &str, list: Html, items: &[String]| {
        if items.is_empty() { none() } else { many([h3("").text(title), list.all(lines(items))]) }
    };
    let quality = Some(&card.quality).filter(|quality| !quality.is_empty());
    let quality = quality
        .map(|quality| many([h3("").text("做到这样算合格"), p("step-quality").text(quality)]));
    let safety = Some(&card.safety).filter(|safety| !safety.is_empty());
    section("step")
        .attr("aria-live", "polite")
        .with(p("step-number").text(number(card, at, count)))
        .with(h2("step-title").text(&card.title))
        .with(shown(card))
        .with(part("要点", ol(""), &card.key_points))
        .maybe(quality)
        .with(part("常见错误", ul("mistakes"), &card.mistakes))
        .maybe(safety.map(|safety| notice(NoticeTone::Danger, safety)))
}

/// How it is done: moving where there is a clip.
fn shown(card: &StepCard) -> Html {
    let still = card.picture.as_ref();
    match &card.clip {
        Some(it) => clip(it, still, &card.title),
        None => still.map_or_else(none, picture_at_once),
    }
}

fn number(card: &StepCard, at: usize, count: usize) -> String {
    let number = format!("第 {} 步，共 {count} 步", at + 1);
    match card.seconds {
        0 => number,
        seconds => format!("{number}，用时约 {}", time::span(seconds)),
    }
}

/// 自查: for herself only, nobody is told.
fn self_check(sure: RwSignal<Vec<bool>>, at: usize) -> Html {
    let ticked = untrack(|| sure.with(|sure| sure[at]));
    let tick = input("")
        .attr("type", "checkbox")
        .on("change", move |_| sure.update(|sure| sure[at] = !sure[at]));
    let tick = if ticked { tick.attr("checked", "") } else { tick };
    let words = move || {
        if sure.with(|sure| sure[at]) {
            "自查：这一步我会做了"
        } else {
            "自查：这一步我会做吗？会了就打勾"
        }
        .to_owned()
    };
    label("self-check").with(tick).with(span("").live_text(words))
}

fn step_buttons(at: RwSignal<usize>, count: usize, go: impl Fn(usize) + Copy + 'static) -> Html {
    let back = button("button button-plain", "上一步", move || {
        go(at.get_untracked().saturating_sub(1));
    });
    let on = button("button", "下一步", move || go((at.get_untracked() + 1).min(count - 1)));
    let rest =
        live(move || if at.get() + 1 == count { p("hint").text("这是最后一步") } else { none() });
    let pair = div("pair")
        .with(back.disabled(move || at.get() == 0))
        .with(on.disabled(move || at.get() + 1 == count));
    many([pair, rest])
}
