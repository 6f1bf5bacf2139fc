//! 图文: blocks one below the other.

use std::time::Duration;

use leptos::prelude::*;
use shared::content::{Block, NoticeTone};
use web_sys::HtmlElement;

use super::{
    Study,
    picture::picture,
    shown::{attachment, clause, gallery, short_video},
};
use crate::ui::html::{Html, aside, div, h2, li, none, ol, p, strong, td, th, tr, ul};

/// How often to look how far the reader got.
const LOOK: Duration = Duration::from_secs(1);
/// Looks until a text that fits on one screen counts as read.
const GLANCE: u32 = 5;

pub fn article(blocks: Vec<Block>, resume_at: u32, on_study: Option<Callback<Study>>) -> Html {
    let leads = on_study.is_some();
    let article = div("article").all(blocks.into_iter().map(|it| block(it, leads)));
    if let Some(on_study) = on_study {
        follow_reader(article.cast(), resume_at, on_study);
    }
    article
}

fn block(block: Block, leads: bool) -> Html {
    match block {
        Block::Heading { text } => h2("").text(text),
        Block::Paragraph { html } => {
            let paragraph = p("");
            // The server sanitised it when it was written.
            paragraph.cast::<HtmlElement>().set_inner_html(&html);
            paragraph
        }
        Block::Picture(shown) => picture(&shown),
        Block::Notice { tone, text } => notice(tone, &text),
        Block::List { ordered, items } => if ordered { ol("") } else { ul("") }.all(lines(&items)),
        Block::Table { rows } => table(&rows),
        Block::Gallery { pictures } => gallery(&pictures),
        Block::Clause { link, quote } => quote.map_or_else(none, |it| clause(link, &it, leads)),
        Block::Attachment(file) => attachment(&file, leads),
        Block::Video(video) => short_video(&video),
    }
}

/// Wider than the phone it moves sideways within itself, which a keyboard can do as well.
fn table(rows: &[Vec<String>]) -> Html {
    let mut table = crate::ui::html::table("");
    for (at, row) in rows.iter().enumerate() {
        let mut line = tr("");
        for cell in row {
            line = line.with(if at == 0 { th("") } else { td("") }.text(cell));
        }
        table = table.with(line);
    }
    div("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", "表格")
        .with(table)
}

pub fn lines(items: &[String]) -> impl Iterator<Item = Html> {
    items.iter().map(|item| li("").text(item))
}

/// A boxed remark; its tone stands above it in a word.
pub fn notice(tone: NoticeTone, text: &str) -> Html {
    let class = match tone {
        NoticeTone::Tip => "remark remark-tip",
        NoticeTone::Caution => "remark remark-caution",
        NoticeTone::Danger => "remark remark-danger",
    };
    aside(class).with(strong("").text(tone.label())).with(p("").text(text))
}

pub(super) fn follow_reader(article: HtmlElement, resume_at: u32, on_study: Callback<Study>) {
    if (1..100).contains(&resume_at) {
        let article = article.clone();
        // After the page has its size.
        request_animation_frame(move || scroll_to_percent(&article, resume_at));
    }
    let furthest = StoredValue::new(resume_at);
    let looks = StoredValue::new(0);
    let ended = StoredValue::new(false);
    let look = move || {
        let seen = seen_percent(&article);
        looks.update_value(|it| *it += 1);
        if looks.get_value() == 1 {
            // What the screen shows without her doing is no news.
            furthest.update_value(|it| *it = seen.max(*it));
        }
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
}

/// How much of the article was above the lower edge of the screen.
fn seen_percent(article: &HtmlElement) -> u32 {
    let shape = article.get_bounding_client_rect();
    let seen = (screen_height() - shape.top()) / shape.height().max(1.0) * 100.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
    let percent = seen.clamp(0.0, 100.0).ceil() as u32;
    percent
}

fn scroll_to_percent(article: &HtmlElement, percent: u32) {
    let shape = article.get_bounding_client_rect();
    let down = shape.top() + shape.height() * f64::from(percent) / 100.0 - screen_height();
    if down > 0.0 {
        window().scroll_by_with_x_and_y(0.0, down);
    }
}

fn screen_height() -> f64 {
    window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default()
}
