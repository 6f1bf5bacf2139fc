//! 字号 and 关怀版.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::Page;
use crate::ui::{
    Look, Parent, TextSize,
    html::{Html, field_of, fieldset, follow, input, label, legend, many, p, span},
    page_frame,
};

pub fn settings_page() -> Html {
    let look = Look::expect();
    let sizes = TextSize::ALL.map(|size| {
        let button = input("")
            .attr("type", "radio")
            .attr("name", "size")
            .on("change", move |_| look.choose(size));
        choice(button, move || look.size.get() == size, size.label())
    });
    let care = input("")
        .attr("type", "checkbox")
        .on("change", move |event| look.set_care(field_of(&event).checked()));
    let care_words = "打开关怀版：按钮更大，行距更宽，颜色更清楚";
    let content = many([
        fieldset("choices").with(legend("").text("字号")).all(sizes),
        p("sample").text("看看这一行字，大小合适吗？地面有水要立放“小心地滑”牌。"),
        fieldset("choices").with(legend("").text("关怀版")).with(choice(
            care,
            move || look.care.get(),
            care_words,
        )),
        p("hint").text("只改这台手机上的样子，随时可以改回来。"),
    ]);
    page_frame("字号和关怀版", Parent::new(Page::Me), content)
}

/// One choice may change another: 关怀版 enlarges the text.
pub(super) fn choice(control: Html, chosen: impl Fn() -> bool + 'static, words: &str) -> Html {
    let field = control.cast::<HtmlInputElement>();
    follow(move || field.set_checked(chosen()));
    label("choice").with(control).with(span("").text(words))
}
