//! Rows of a list.

use leptos::prelude::*;

use super::{Icon, Shape, Tone};

/// A group of rows, with what they are above.
#[component]
pub fn Cells(#[prop(optional, into)] title: Option<String>, children: Children) -> impl IntoView {
    view! {
        <section class="cells">
            {title.map(|title| view! { <h2 class="cells-title">{title}</h2> })}
            <div class="cells-rows">{children()}</div>
        </section>
    }
}

/// A row that leads to a page.
#[component]
pub fn Cell(
    #[prop(into)] to: String,
    #[prop(into)] title: String,
    /// One line below the title.
    #[prop(optional, into)]
    note: String,
    /// What stands on the right.
    #[prop(default = ().into_any())]
    value: AnyView,
    #[prop(optional)] shape: Option<Shape>,
) -> impl IntoView {
    view! {
        <a class="cell" href=to>
            {shape.map(|shape| view! { <Icon shape/> })}
            <span class="cell-main">
                <span class="cell-title">{title}</span>
                {(!note.is_empty()).then(|| view! { <span class="cell-note">{note}</span> })}
            </span>
            {value}
            <Icon shape=Shape::Forward/>
        </a>
    }
}

/// A state in a word.
#[component]
pub fn Tag(tone: Tone, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("tag tag-{}", tone.name())>{text}</span> }
}
