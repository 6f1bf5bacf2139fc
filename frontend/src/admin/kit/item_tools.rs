//! Moving and deleting an entry of a list being edited.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::{DragHandle, Items, Question};

#[component]
pub fn ItemTools<T: Copy + Send + Sync + 'static>(
    items: Items<T>,
    key: u32,
    /// What an entry is called: 题, 步骤.
    what: &'static str,
    /// Whether something is written in it that would be lost.
    #[prop(into)]
    filled: Signal<bool>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let name = move || format!("第 {} {what}", items.place(key) + 1);
    let remove = move |_| {
        if filled.get_untracked() {
            asking.set(true);
        } else {
            items.remove(key);
        }
    };
    let shift = move |event: &MouseEvent, by: isize| {
        items.shift(key, by);
        keep_focus(event);
    };
    view! {
        <div class="c-tools">
            <DragHandle items key/>
            <button type="button" class="c-tool" disabled=move || items.place(key) == 0
                aria-label=move || format!("上移{}", name()) on:click=move |event| shift(&event, -1)>"上移"</button>
            <button type="button" class="c-tool" disabled=move || items.is_last(key)
                aria-label=move || format!("下移{}", name()) on:click=move |event| shift(&event, 1)>"下移"</button>
            <button type="button" class="c-tool c-tool--danger"
                aria-label=move || format!("删除{}", name()) on:click=remove>"删除"</button>
        </div>
        {move || asking.get().then(|| view! {
            <Question
                title=format!("删除{}？", untrack(name))
                text="里面写好的内容会从这一页上去掉，保存之后就找不回来了。"
                yes="删除"
                danger=true
                on_yes=Callback::new(move |()| items.remove(key))
                on_no=Callback::new(move |()| asking.set(false))
            />
        })}
    }
}

/// An entry that moves takes its buttons along, and the one that was pressed is pressed again.
fn keep_focus(event: &MouseEvent) {
    let pressed = event.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    request_animation_frame(move || {
        if let Some(pressed) = pressed {
            let _ = pressed.focus();
        }
    });
}
