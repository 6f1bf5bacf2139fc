//! A field of a form.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::html::{Html, div, field_of, follow, input, label, live, none, p};

/// One line of text: the label above, what is wrong below in words.
pub struct Field {
    /// Unique on the page.
    pub id: &'static str,
    pub label: &'static str,
    pub value: RwSignal<String>,
    /// Further attributes of the input.
    pub attributes: &'static [(&'static str, &'static str)],
}

impl Field {
    /// `error` says what is wrong with it.
    pub fn html(self, error: impl Fn() -> Option<String> + Copy + 'static) -> Html {
        let Self { id, label: words, value, attributes } = self;
        let wrong = format!("{id}-wrong");
        let described = wrong.clone();
        let control = text_input(value, attributes)
            .attr("class", "input")
            .attr("id", id)
            .live_state("aria-invalid", move || error().is_some())
            .live_attr("aria-describedby", move || error().map(|_| described.clone()));
        let error_line = live(move || match error() {
            Some(error) => p("field-error").attr("id", &wrong).attr("role", "alert").text(error),
            None => none(),
        });
        div("")
            .live_attr("class", move || {
                Some(if error().is_some() { "field field-bad" } else { "field" }.into())
            })
            .with(label("field-label").attr("for", id).text(words))
            .with(control)
            .with(error_line)
    }
}

/// An input that shows and sets a text.
pub fn text_input(value: RwSignal<String>, attributes: &[(&str, &str)]) -> Html {
    let field = input("").on("input", move |event| value.set(field_of(&event).value()));
    let field = attributes.iter().fold(field, |field, (name, value)| field.attr(name, value));
    let shown = field.cast::<HtmlInputElement>();
    follow(move || {
        let text = value.get();
        // Writing what stands there already would move the cursor.
        if shown.value() != text {
            shown.set_value(&text);
        }
    });
    field
}
