//! 图文: blocks one below the other.

use std::time::Duration;

use leptos::{html, prelude::*};
use shared::content::{Block, NoticeTone};

use super::{PictureView, Study};

/// How often to look how far the reader got.
const LOOK: Duration = Duration::from_secs(1);
/// Looks until a text that fits on one screen counts as read.
const GLANCE: u32 = 5;

pub fn article(blocks: Vec<Block>, resume_at: u32, on_study: Option<Callback<Study>>) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    if let Some(on_study) = on_study {
        follow_reader(node, resume_at, on_study);
    }
    view! {
        <div class="article" node_ref=node>
            {blocks.into_iter().map(block).collect_view()}
        </div>
    }
    .into_any()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Heading { text } => view! { <h2>{text}</h2> }.into_any(),
        // The server sanitised it when it was written.
        Block::Paragraph { html } => view! { <p inner_html=html></p> }.into_any(),
        Block::Picture(picture) => view! { <PictureView picture/> }.into_any(),
        Block::Notice { tone, text } => notice(tone, text),
        Block::List { ordered, items } => {
            let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
            if ordered {
                view! { <ol>{items}</ol> }.into_any()
            } else {
                view! { <ul>{items}</ul> }.into_any()
            }
        }
    }
}

/// A boxed remark; its tone stands above it in a word.
pub fn notice(tone: NoticeTone, text: String) -> AnyView {
    let class = match tone {
        NoticeTone::Tip => "remark remark-tip",
        NoticeTone::Caution => "remark remark-caution",
        NoticeTone::Danger => "remark remark-danger",
    };
    view! {
        <aside class=class>
            <strong>{tone.label()}</strong>
            <p>{text}</p>
        </aside>
    }
    .into_any()
}

fn follow_reader(node: NodeRef<html::Div>, resume_at: u32, on_study: Callback<Study>) {
    let furthest = StoredValue::new(resume_at);
    let looks = StoredValue::new(0);
    let ended = StoredValue::new(false);
    let look = move || {
        let Some(seen) = node.get_untracked().map(|article| seen_percent(&article)) else { return };
        looks.update_value(|it| *it += 1);
        let reached_end = seen >= 100 && looks.get_value() >= GLANCE;
        let news = seen >= furthest.get_value() + 5 || (reached_end && !ended.get_value());
        if news {
            furthest.update_value(|it| *it = seen.max(*it));
            ended.set_value(reached_end);
            on_study.run(Study { position: seen.min(100), watched: Vec::new(), reached_end });
        }
    };
    if let Ok(looking) = set_interval_with_handle(look, LOOK) {
        on_cleanup(move || looking.clear());
    }
    if (1..100).contains(&resume_at) {
        Effect::new(move || {
            if let Some(article) = node.get() {
                // After the page has its size.
                request_animation_frame(move || scroll_to_percent(&article, resume_at));
            }
        });
    }
}

/// How much of the article was above the lower edge of the screen.
fn seen_percent(article: &web_sys::HtmlElement) -> u32 {
    let shape = article.get_bounding_client_rect();
    let screen = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default();
    let seen = (screen - shape.top()) / shape.height().max(1.0) * 100.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = seen.clamp(0.0, 100.0).ceil() as u32;
    percent
}

fn scroll_to_percent(article: &web_sys::HtmlElement, percent: u32) {
    let shape = article.get_bounding_client_rect();
    let screen = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default();
    let down = shape.top() + shape.height() * f64::from(percent) / 100.0 - screen;
    if down > 0.0 {
        window().scroll_by_with_x_and_y(0.0, down);
    }
}
