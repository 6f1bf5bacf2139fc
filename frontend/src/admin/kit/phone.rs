//! A phone of 360 pixels' width, to see what was written as people will.

use leptos::{html, prelude::*};

use crate::ui::html::Html;

/// Stays in sight while what is beside it is scrolled.
#[component]
pub fn Phone(children: Children) -> impl IntoView {
    view! {
        <aside class="c-phone" aria-label="手机上的样子">
            <p class="c-phone__caption">"手机上的样子"</p>
            <div class="c-phone__frame">
                <div class="c-phone__screen" tabindex="0" role="group" aria-label="预览">{children()}</div>
            </div>
        </aside>
    }
}

/// Something by the phone's own hand, for Leptos' views.
#[component]
pub fn Drawn(draw: impl FnOnce() -> Html) -> impl IntoView {
    let shown = StoredValue::new_local(untrack(draw));
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            // Leptos uses the element again, with what was drawn before still in it.
            place.set_text_content(None);
            // Leptos keeps the element when a view is drawn anew, with what stood in it before.
            place.set_text_content(None);
            // An element takes any other.
            let _ = place.append_child(shown.get_value().node());
        }
    });
    view! { <div class="c-drawn" node_ref=place></div> }
}
