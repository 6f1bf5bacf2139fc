//! Rows of a list.

use super::{
    Shape, Tone,
    html::{Html, a, div, h2, section, span},
    icon,
};

/// A group of rows, with what they are above.
pub fn cells(title: &str, rows: impl IntoIterator<Item = Html>) -> Html {
    let group = section("cells");
    let group = if title.is_empty() { group } else { group.with(h2("cells-title").text(title)) };
    group.with(div("cells-rows").all(rows))
}

/// A row that leads to a page.
#[must_use]
pub struct Cell {
    row: Html,
    main: Html,
    value: Option<Html>,
}

impl Cell {
    pub fn new(shape: Shape, to: impl Into<String>, title: &str) -> Self {
        Self {
            row: a("cell").attr("href", to.into()).with(icon(shape)),
            main: span("cell-main").with(span("cell-title").text(title)),
            value: None,
        }
    }

    /// A smaller line below the title.
    pub fn note(mut self, note: impl AsRef<str>) -> Self {
        self.main = self.main.with(span("cell-note").text(note));
        self
    }

    /// A line of text below the title.
    pub fn line(mut self, text: &str) -> Self {
        self.main = self.main.with(span("cell-text").text(text));
        self
    }

    /// What stands on the right.
    pub fn value(mut self, value: Html) -> Self {
        self.value = Some(value);
        self
    }

    pub fn html(self) -> Html {
        self.row.with(self.main).maybe(self.value).with(icon(Shape::Forward))
    }
}

/// A state in a word.
pub fn tag(tone: Tone, text: &str) -> Html {
    let class = match tone {
        Tone::Plain => "tag tag-plain",
        Tone::Good => "tag tag-good",
        Tone::Wait => "tag tag-wait",
        Tone::Bad => "tag tag-bad",
    };
    span(class).text(text)
}
