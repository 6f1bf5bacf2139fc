//! Typing the six digits below the code.

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::ui::{BusyButton, TextField};

#[component]
pub fn CodeForm(#[prop(into)] busy: Signal<bool>, on_code: Callback<String>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let asked = RwSignal::new(false);
    let error = Signal::derive(move || {
        (asked.get() && digits(&typed.read()).len() != 6)
            .then(|| "签到码是 6 个数字，请看大屏幕".to_owned())
    });
    let send = Callback::new(move |()| {
        asked.set(true);
        let code = digits(&typed.read_untracked());
        if code.len() == 6 && !busy.get_untracked() {
            on_code.run(code);
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send.run(());
    };
    view! {
        <form class="code-form" on:submit=submit novalidate=true>
            <TextField id="code" label="输入大屏幕上的 6 位签到码" value=typed inputmode="numeric"
                autocomplete="one-time-code" max_length=12 placeholder="如 123 456" error/>
            <BusyButton class="button button-plain" text="签到" doing="正在签到…" busy on_press=send/>
        </form>
    }
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
