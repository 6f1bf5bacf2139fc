//! Whether the message templates at WeChat suit what is sent.

use leptos::prelude::*;
use shared::{deliveries::TemplateState, time};

use crate::clock;

#[component]
pub fn Templates(templates: Vec<TemplateState>) -> impl IntoView {
    if templates.is_empty() {
        return view! {
            <div class="c-note c-note--warn">
                <p class="c-note__text">
                    "还没有配置微信的消息模板，消息只在站内。要发到微信，请系统管理员按说明文档填写模板编号。"
                </p>
            </div>
        }
        .into_any();
    }
    let problems = templates.iter().filter_map(|it| Some((it.kind, it.problem.clone()?)));
    let notes = problems.map(|(kind, problem)| {
        let text = format!(
            "“{}”的微信模板对不上：{problem}。这种消息先等着，模板改好以后自动发出。",
            kind.label()
        );
        view! {
            <div class="c-note c-note--bad" role="alert"><p class="c-note__text">{text}</p></div>
        }
    });
    let notes = notes.collect_view();
    let lines = templates.into_iter().map(|it| view! { <li>{sentence(it)}</li> }).collect_view();
    view! {
        {notes}
        <section class="c-card">
            <h2 class="c-subtitle">"微信模板"</h2>
            <ul class="c-list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn sentence(state: TemplateState) -> String {
    let TemplateState { kind, template, title, problem, checked_at } = state;
    let title = title.map_or_else(String::new, |it| format!("“{it}”"));
    let checked = match (checked_at, problem) {
        (None, _) => "还没有跟微信核对".to_owned(),
        (Some(at), None) => format!("{} 核对过，没有问题", time::moment(at, clock::now())),
        (Some(at), Some(_)) => format!("{} 核对过，对不上", time::moment(at, clock::now())),
    };
    format!("{}：{title}{template}，{checked}", kind.label())
}
