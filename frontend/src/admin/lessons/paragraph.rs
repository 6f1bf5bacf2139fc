//! A paragraph to write in, with its marks.

use leptos::prelude::*;

use super::rich_text::{Pasted, RichText, State};

#[component]
pub fn ParagraphField(
    /// Inline HTML.
    value: RwSignal<String>,
    error: Signal<Option<String>>,
    on_paste: Callback<Pasted>,
) -> impl IntoView {
    let rich = RichText::open(value, on_paste);
    // Until there is something to write in, what is written is at least to be read.
    let waiting = move || {
        (rich.state.get() != State::Open).then(|| {
            view! {
                <div class="c-input c-rich__words" inner_html=value.get_untracked()></div>
            }
        })
    };
    let failed = move || {
        (rich.state.get() == State::Failed).then(|| view! {
            <p class="c-field__error" role="alert">
                "网络没连上，编辑框没有打开。"
                <button type="button" class="c-button c-button--small" on:click=move |_| rich.start()>"重试"</button>
            </p>
        })
    };
    view! {
        <div class="c-field c-rich" class:c-field--bad=move || error.with(Option::is_some)>
            <span class="c-field__label">"段落文字"</span>
            <Tools rich/>
            <div node_ref=rich.host></div>
            {waiting}
            {failed}
            {move || match error.get() {
                Some(error) => view! { <p class="c-field__error" role="alert">{error}</p> }.into_any(),
                None => view! {
                    <p class="c-field__hint">
                        "选中几个字再点“粗体”；按回车换行。从 Word、WPS 复制的标题、列表、表格和图片可以直接粘贴，会分成一块一块。"
                    </p>
                }
                .into_any(),
            }}
        </div>
    }
}

#[component]
fn Tools(rich: RichText) -> impl IntoView {
    let linking = RwSignal::new(false);
    let has = move |mark: &'static str| rich.marks.with(|it| it.split(' ').any(|it| it == mark));
    let closed = move || rich.state.get() != State::Open;
    view! {
        <div
            class="c-paragraph__tools"
            role="group"
            aria-label="选中文字后点"
            // The words stay chosen while a button is pressed.
            on:mousedown=move |event| event.prevent_default()
        >
            <button type="button" class="c-tool" disabled=closed aria-pressed=move || has("strong").to_string()
                on:click=move |_| rich.toggle("strong")><strong>"粗体"</strong></button>
            <button type="button" class="c-tool" disabled=closed aria-pressed=move || has("em").to_string()
                on:click=move |_| rich.toggle("em")><em>"强调"</em></button>
            <button type="button" class="c-tool" disabled=closed aria-pressed=move || has("link").to_string()
                aria-expanded=move || linking.get().to_string()
                on:click=move |_| linking.update(|it| *it = !*it)>"链接"</button>
        </div>
        {move || linking.get().then(|| view! { <LinkForm rich linking/> })}
    }
}

#[component]
fn LinkForm(rich: RichText, linking: RwSignal<bool>) -> impl IntoView {
    let address = RwSignal::new(rich.address.get_untracked());
    let wrong = RwSignal::new(false);
    let set = move || {
        let address = address.get_untracked().trim().to_owned();
        let known = ["https://", "tel:"].iter().any(|it| address.starts_with(it));
        wrong.set(!known);
        if known {
            linking.set(false);
            rich.link(&address);
        }
    };
    let remove = move |_| {
        linking.set(false);
        rich.link("");
    };
    view! {
        <div class="c-rich__link">
            <input
                class="c-input"
                aria-label="链接地址"
                placeholder="https://… 或 tel:电话号码"
                autofocus=true
                prop:value=address
                on:input:target=move |event| address.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Enter" && !event.is_composing() {
                        event.prevent_default();
                        set();
                    }
                }
            />
            <button type="button" class="c-button c-button--small" on:click=move |_| set()>"加上链接"</button>
            <button type="button" class="c-button c-button--small" on:click=remove>"去掉链接"</button>
        </div>
        {move || wrong.get().then(|| view! {
            <p class="c-field__error" role="alert">"地址要以 https:// 或 tel: 开头。先选中要加链接的字。"</p>
        })}
    }
}
