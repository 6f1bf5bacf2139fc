//! Typing the six digits below the code.

use leptos::prelude::*;

use crate::ui::{
    Field, busy_button,
    html::{Html, form},
};

pub fn code_form(busy: RwSignal<bool>, on_code: impl Fn(String) + Copy + 'static) -> Html {
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(false);
    let send = move || {
        asked.set(true);
        let code = typed.with_untracked(|typed| digits(typed));
        if code.len() == 6 && !busy.get_untracked() {
            on_code(code);
        }
    };
    let field = Field {
        id: "code",
        label: "输入大屏幕上的 6 位签到码",
        value: typed,
        attributes: &[
            ("inputmode", "numeric"),
            ("autocomplete", "one-time-code"),
            ("maxlength", "12"),
            ("placeholder", "如 123 456"),
        ],
    };
    let error = move || {
        let wrong = asked.get() && typed.with(|typed| digits(typed)).len() != 6;
        wrong.then(|| "签到码是 6 个数字，请看大屏幕".to_owned())
    };
    form("code-form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            send();
        })
        .with(field.html(error))
        .with(busy_button("button button-plain", "签到", "正在签到…", busy, send))
}

/// The digits of what was typed; Chinese keyboards also make wide ones.
fn digits(typed: &str) -> String {
    typed
        .chars()
        .map(|it| match it {
            '０'..='９' => char::from_digit(it as u32 - '０' as u32, 10).unwrap_or(it),
            it => it,
        })
        .filter(char::is_ascii_digit)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn spaces_and_wide_digits_do_not_matter() {
        assert_eq!(digits(" 123 456"), "123456");
        assert_eq!(digits("１２３４５６"), "123456");
        assert_eq!(digits("12a3"), "123");
    }
}
