//! What opens over the page: a question, and a half-screen sheet of choices.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Overlay;

/// What a tap outside, Esc or the back key may do.
const FOCUSABLE: &str = "button:not([disabled]), a[href], input:not([disabled]), textarea";

/// A question with the verb on its button.
#[component]
pub fn Dialog(
    overlay: Overlay,
    #[prop(into)] title: String,
    /// What the person agrees to: a verb.
    #[prop(into)]
    yes: String,
    #[prop(default = "先不了")] no: &'static str,
    on_yes: Callback<()>,
    /// What follows from it.
    children: ChildrenFn,
) -> impl IntoView {
    let answer = move |_| {
        overlay.hide();
        on_yes.run(());
    };
    let label = title.clone();
    let inside = move || {
        view! {
            <h2 class="dialog-title">{title.clone()}</h2>
            <div class="dialog-text">{children()}</div>
            <div class="dialog-buttons">
                <button type="button" class="button button-plain" on:click=move |_| overlay.hide()>{no}</button>
                <button type="button" class="button" on:click=answer>{yes.clone()}</button>
            </div>
        }
        .into_any()
    };
    view! { <Cover overlay class="dialog" label inside=ViewFn::from(inside)/> }
}

/// A panel over the lower half of the screen.
#[component]
pub fn Sheet(
    overlay: Overlay,
    #[prop(into)] title: String,
    children: ChildrenFn,
) -> impl IntoView {
    let label = title.clone();
    let inside = move || {
        view! {
            <div class="sheet-head">
                <h2 class="sheet-title">{title.clone()}</h2>
                <button type="button" class="button-link" on:click=move |_| overlay.hide()>"关闭"</button>
            </div>
            <div class="sheet-body">{children()}</div>
        }
        .into_any()
    };
    view! { <Cover overlay class="sheet" label inside=ViewFn::from(inside)/> }
}

#[component]
fn Cover(
    overlay: Overlay,
    class: &'static str,
    label: String,
    inside: ViewFn,
) -> impl IntoView {
    move || {
        overlay.is_open().then(|| {
            let inside = inside.clone();
            let node = NodeRef::<html::Div>::new();
            keep_focus_inside(node, overlay);
            view! {
                <div class="cover">
                    <div class="cover-ground" on:click=move |_| overlay.hide()></div>
                    <div class=class role="dialog" aria-modal="true" aria-label=label.clone() tabindex="-1" node_ref=node>
                        {inside.run()}
                    </div>
                </div>
            }
            .into_any()
        })
    }
}

/// Moves the focus into the panel, keeps Tab inside, and gives the focus back at the end.
fn keep_focus_inside(node: NodeRef<html::Div>, overlay: Overlay) {
    let opener = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let opener = StoredValue::new_local(opener);
    Effect::new(move || {
        if let Some(panel) = node.get() {
            focus(&panel);
        }
    });
    let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        match (event.key().as_str(), node.get_untracked()) {
            ("Escape", _) => overlay.hide(),
            ("Tab", Some(panel)) => go_round(&event, &panel),
            _ => {}
        }
    });
    on_cleanup(move || {
        keys.remove();
        if let Some(Some(opener)) = opener.try_get_value() {
            focus(&opener);
        }
    });
}

fn go_round(event: &KeyboardEvent, panel: &HtmlElement) {
    let Ok(stops) = panel.query_selector_all(FOCUSABLE) else { return };
    let stop = |index| stops.get(index).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (stop(0), stop(stops.length().saturating_sub(1))) else { return };
    let active = document().active_element();
    let at = |stop: &HtmlElement| active.as_ref().is_some_and(|it| **stop == *it);
    if event.shift_key() && (at(&first) || at(panel)) {
        event.prevent_default();
        focus(&last);
    } else if !event.shift_key() && at(&last) {
        event.prevent_default();
        focus(&first);
    }
}

fn focus(element: &HtmlElement) {
    // What cannot take the focus leaves it where it is.
    let _ = element.focus();
}
