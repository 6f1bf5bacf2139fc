//! The code of an authenticator app.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::{
    accounts::{Me, second_factor::ConfirmSecondFactor},
    problem::Code,
};

use super::wanted;
use crate::{
    admin::kit::{TextField, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn CodeForm(
    challenge: String,
    on_done: Callback<Me>,
    on_over: Callback<Trouble>,
) -> impl IntoView {
    let client = Client::expect();
    let code = RwSignal::new(String::new());
    let (busy, asked) = (RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        asked.set(true);
        let code = code.get_untracked();
        if code.trim().is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let request = ConfirmSecondFactor { challenge: challenge.clone(), code };
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => on_done.run(answer.me),
                Err(failed) if failed.code() == Some(Code::SignInOver) => on_over.run(failed),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let error = wanted(asked, code, "请填验证码");
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label="动态验证码" value=code autocomplete="one-time-code" autofocus=true hint="手机验证器上的 6 位数字；手机不在身边，填一个备用码" error=error/>
            <button type="submit" class="c-button c-button--primary c-button--wide" disabled=busy>
                {move || if busy.get() { "正在确认…" } else { "确认登录" }}
            </button>
        </form>
    }
}
