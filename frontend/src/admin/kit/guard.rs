//! Keeps the officer from leaving a page with unsaved changes by mistake.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, wasm_bindgen::prelude::Closure, web_sys};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::Question;

/// While `dirty`: asks before a link leads away, and lets the browser ask before the tab closes.
#[component]
pub fn LeaveGuard(
    #[prop(into)] dirty: Signal<bool>,
    /// Whether what is not saved is kept nowhere.
    #[prop(optional)]
    lost: bool,
) -> impl IntoView {
    let target = RwSignal::new(None::<String>);
    let leaving = StoredValue::new(false);
    let held = move || dirty.get_untracked() && !leaving.get_value();
    let unload = window_event_listener(ev::beforeunload, move |event| {
        if held() {
            event.prevent_default();
            // Chrome before 119 asks only where this is set.
            event.set_return_value("还有没保存的修改");
        }
    });
    on_cleanup(move || unload.remove());
    hold_links(move |href| {
        let stop = held();
        if stop {
            target.set(Some(href));
        }
        stop
    });
    let navigate = use_navigate();
    let leave = Callback::new(move |()| {
        leaving.set_value(true);
        if let Some(href) = target.get_untracked() {
            navigate(&href, NavigateOptions { resolve: false, ..NavigateOptions::default() });
        }
    });
    let stay = Callback::new(move |()| target.set(None));
    let text = if lost {
        "现在离开，没保存的就没有了。"
    } else {
        "现在离开，修改不会发到服务器，只在这台电脑上留一份草稿，下次打开这一页时会接着用。"
    };
    move || {
        target.get().is_some().then(|| {
            view! {
                <Question
                    title="还有没保存的修改"
                    text
                    yes="离开"
                    no="留下继续写"
                    on_yes=leave
                    on_no=stay
                />
            }
        })
    }
}

/// Shows every click on a link inside the program to `hold`, which says whether to stop it.
/// Listens on the document, which hears a click before the router does on the window.
fn hold_links(hold: impl Fn(String) -> bool + 'static) {
    let listener =
        Closure::<dyn Fn(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
            let link = event
                .target()
                .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
                .and_then(|it| it.closest("a[href]").ok().flatten());
            let Some(link) = link else { return };
            if link.has_attribute("target") || link.has_attribute("download") || event.ctrl_key() {
                return;
            }
            if hold(link.get_attribute("href").unwrap_or_default()) {
                event.prevent_default();
            }
        });
    let function = listener.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback("click", function);
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        listener.with_value(|listener| {
            let function = listener.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback("click", function);
        });
    });
}
