//! 动作解析: one step card a screen.

use leptos::prelude::*;
use shared::content::{NoticeTone, StepCard, StepLesson};

use super::{PictureView, Study, article::notice};

pub fn steps(lesson: StepLesson, resume_at: u32, on_study: Option<Callback<Study>>) -> AnyView {
    let StepLesson { materials, cards } = lesson;
    let count = cards.len();
    if count == 0 {
        return view! { <p class="empty-text">"还没有步骤卡"</p> }.into_any();
    }
    let at = RwSignal::new((resume_at as usize).min(count - 1));
    let sure = RwSignal::new(vec![false; count]);
    Effect::new(move |before: Option<usize>| {
        let at = at.get();
        if let Some(on_study) = on_study {
            let position = u32::try_from(at).unwrap_or_default();
            on_study.run(Study { position, watched: Vec::new(), reached_end: at + 1 == count });
        }
        if before.is_some_and(|before| before != at) && on_study.is_some() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        at
    });
    let shown = move || {
        let at = at.get();
        let materials = (at == 0).then(|| materials.clone()).unwrap_or_default();
        let card = cards[at].clone();
        view! { {prepare(materials)} {card_view(card, at, count)} {self_check(sure, at)} }.into_any()
    };
    view! {
        <div class="steps">
            {shown}
            <StepButtons at count/>
        </div>
    }
    .into_any()
}

fn prepare(materials: Vec<String>) -> Option<AnyView> {
    (!materials.is_empty()).then(|| {
        view! {
            <section class="prepare">
                <h2>"先备好"</h2>
                <ul>{materials.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn card_view(card: StepCard, at: usize, count: usize) -> AnyView {
    let StepCard { title, picture, key_points, quality, mistakes, safety } = card;
    view! {
        <section class="step" aria-live="polite">
            <p class="step-number">{format!("第 {} 步，共 {count} 步", at + 1)}</p>
            <h2 class="step-title">{title}</h2>
            {picture.map(|picture| view! { <PictureView picture/> })}
            {part("要点", key_points, true)}
            {(!quality.is_empty()).then(|| view! {
                <h3>"做到这样算合格"</h3>
                <p class="step-quality">{quality}</p>
            })}
            {part("常见错误", mistakes, false)}
            {(!safety.is_empty()).then(|| notice(NoticeTone::Danger, safety))}
        </section>
    }
    .into_any()
}

fn part(title: &'static str, items: Vec<String>, ordered: bool) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let items = items.into_iter().map(|it| view! { <li>{it}</li> }).collect_view();
    let list = if ordered {
        view! { <ol>{items}</ol> }.into_any()
    } else {
        view! { <ul class="mistakes">{items}</ul> }.into_any()
    };
    Some(view! { <h3>{title}</h3> {list} }.into_any())
}

/// 自查: for herself only, nobody is told.
fn self_check(sure: RwSignal<Vec<bool>>, at: usize) -> AnyView {
    let ticked = move || sure.with(|sure| sure[at]);
    view! {
        <label class="self-check">
            <input type="checkbox" prop:checked=ticked on:change=move |_| sure.update(|sure| sure[at] = !sure[at])/>
            <span>{move || if ticked() { "自查：这一步我会做了" } else { "自查：这一步我会做吗？会了就打勾" }}</span>
        </label>
    }
    .into_any()
}

#[component]
fn StepButtons(at: RwSignal<usize>, count: usize) -> impl IntoView {
    let last = move || at.get() + 1 == count;
    view! {
        <div class="pair">
            <button type="button" class="button button-plain" disabled=move || at.get() == 0
                on:click=move |_| at.update(|at| *at = at.saturating_sub(1))>
                "上一步"
            </button>
            <button type="button" class="button" disabled=last
                on:click=move |_| at.update(|at| *at = (*at + 1).min(count - 1))>
                {move || if last() { "已是最后一步" } else { "下一步" }}
            </button>
        </div>
    }
}
