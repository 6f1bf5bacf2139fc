//! What stands where there is nothing to show yet, nothing at all, or trouble.

use super::{
    Shape,
    html::{Html, div, many, p, span},
    icon,
};
use crate::client::Trouble;

/// What is on its way.
pub fn skeleton() -> Html {
    div("skeleton")
        .attr("role", "status")
        .with(span("unseen").text("正在打开…"))
        .with(div("skeleton-card"))
        .all((0..3).map(|_| div("skeleton-line")))
}

/// A remark with room for buttons.
pub fn note(class: &str, shape: Shape, text: Html) -> Html {
    div(class).attr("role", "alert").with(icon(shape)).with(text)
}

/// Why something did not work, and what to do. It stays until that is done.
pub fn trouble_note(trouble: &Trouble) -> Html {
    let text = p("").text(trouble.sentence());
    match trouble {
        Trouble::Offline => note("note note-wait", Shape::Cloud, div("note-text").with(text)),
        Trouble::Refused(problem) => {
            // Only where the office has to look for what went wrong.
            let number = problem.request_id.as_ref().filter(|_| problem.status >= 500);
            let number = number.map(|it| p("note-number").text("编号 ").text(it));
            let text = div("note-text").with(text).maybe(number);
            note("note note-bad", Shape::Warning, text)
        }
    }
}

/// Nothing here, and what to do about it.
pub fn empty(shape: Shape, title: &str, text: &str) -> Html {
    let words = many([p("empty-title").text(title), p("empty-text").text(text)]);
    div("empty").with(icon(shape)).with(words)
}
