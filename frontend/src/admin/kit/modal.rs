//! What opens over the page: a drawer for forms, a question for what cannot be undone.
//!
//! Both are the browser's own modal dialog: it keeps the focus inside and closes on Esc.

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys};

/// A panel at the right edge.
#[component]
pub fn Drawer(
    title: &'static str,
    on_close: Callback<()>,
    /// Whether closing would lose something typed; then it asks first.
    #[prop(optional, into)]
    dirty: Signal<bool>,
    /// Whether there is a table to read in it.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    let class = if wide { "c-drawer c-drawer--wide" } else { "c-drawer" };
    let asking = RwSignal::new(false);
    let close = Callback::new(move |()| {
        if dirty.get_untracked() {
            asking.set(true);
        } else {
            on_close.run(());
        }
    });
    view! {
        <ModalFrame class on_close=close label=title.to_owned()>
            <header class="c-drawer__head">
                <h2 class="c-drawer__title">{title}</h2>
                <button type="button" class="c-button c-button--quiet" on:click=move |_| close.run(())>
                    "关闭"
                </button>
            </header>
            <div class="c-drawer__body">{children()}</div>
            {move || asking.get().then(|| view! {
                <Question
                    title="不保存就关闭？"
                    text="这里填的内容还没有保存，关闭就没有了。"
                    yes="不保存，关闭"
                    no="接着填"
                    danger=true
                    on_yes=on_close
                    on_no=Callback::new(move |()| asking.set(false))
                />
            })}
        </ModalFrame>
    }
}

/// A question with the verb on its button.
#[component]
pub fn Question(
    #[prop(into)] title: String,
    /// What will happen, what is lost.
    #[prop(into)]
    text: String,
    #[prop(into)] yes: String,
    #[prop(default = "先不了")] no: &'static str,
    /// Whether something is lost for good.
    #[prop(optional)]
    danger: bool,
    /// Disables the button while the answer is being carried out.
    #[prop(optional, into)]
    busy: Signal<bool>,
    on_yes: Callback<()>,
    on_no: Callback<()>,
    /// What went wrong, or more to read.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let tone = if danger { "c-button c-button--danger" } else { "c-button c-button--primary" };
    view! {
        <ModalFrame class="c-question" on_close=on_no label=title.clone()>
            <h2 class="c-question__title">{title}</h2>
            <p class="c-question__text">{text}</p>
            {children.map(|children| children())}
            <footer class="c-question__foot">
                <button type="button" class="c-button" autofocus=true on:click=move |_| on_no.run(())>{no}</button>
                <button type="button" class=tone disabled=busy on:click=move |_| on_yes.run(())>{yes}</button>
            </footer>
        </ModalFrame>
    }
}

/// A form in the middle of the page, with its own buttons.
#[component]
pub fn Panel(
    title: &'static str,
    text: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <ModalFrame class="c-question" on_close label=title.to_owned()>
            <h2 class="c-question__title">{title}</h2>
            <p class="c-question__text">{text}</p>
            {children()}
        </ModalFrame>
    }
}

/// Something to read before going on.
#[component]
pub fn Notice(
    #[prop(into)] title: String,
    text: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <ModalFrame class="c-question" on_close label=title.clone()>
            <h2 class="c-question__title">{title}</h2>
            <p class="c-question__text">{text}</p>
            {children()}
            <footer class="c-question__foot">
                <button type="button" class="c-button c-button--primary" autofocus=true on:click=move |_| on_close.run(())>
                    "知道了"
                </button>
            </footer>
        </ModalFrame>
    }
}

#[component]
fn ModalFrame(
    class: &'static str,
    label: String,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let opener =
        document().active_element().and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    let opener = StoredValue::new_local(opener);
    Effect::new(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            // It refuses only a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    // Taking an open dialog off the page leaves the focus nowhere.
    on_cleanup(move || {
        if let Some(opener) = opener.get_value() {
            let _ = opener.focus();
        }
    });
    let cancel = move |event: web_sys::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog class=class aria-label=label node_ref=node on:cancel=cancel>{children()}</dialog>
    }
}
