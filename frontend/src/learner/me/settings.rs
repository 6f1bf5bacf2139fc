//! 字号 and 关怀版.

use leptos::prelude::*;

use super::Page;
use crate::ui::{Look, PageFrame, TextSize};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let look = Look::expect();
    let sizes = TextSize::ALL.map(|size| {
        let chosen = move || look.size.get() == size;
        view! {
            <label class="choice">
                <input type="radio" name="size" prop:checked=chosen on:change=move |_| look.choose(size)/>
                <span>{size.label()}</span>
            </label>
        }
    });
    view! {
        <PageFrame title="字号和关怀版" parent=Page::Me.to_string()>
            <fieldset class="choices">
                <legend>"字号"</legend>
                {sizes.into_iter().collect_view()}
            </fieldset>
            <p class="sample">"看看这一行字，大小合适吗？地面有水要立放“小心地滑”牌。"</p>
            <fieldset class="choices">
                <legend>"关怀版"</legend>
                <label class="choice">
                    <input type="checkbox" prop:checked=look.care
                        on:change:target=move |event| look.set_care(event.target().checked())/>
                    <span>"打开关怀版：按钮更大，行距更宽，颜色更清楚"</span>
                </label>
            </fieldset>
            <p class="hint">"只改这台手机上的样子，随时可以改回来。"</p>
        </PageFrame>
    }
}
