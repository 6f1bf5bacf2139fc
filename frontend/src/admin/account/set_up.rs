//! Setting the second factor up: scan, type the first code.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::accounts::second_factor::{
    NewSecondFactor, PrepareSecondFactor, RecoveryCodes, SetUpSecondFactor,
};

use crate::{
    admin::kit::{Load, Opened, Panel, QrDrawing, TextField, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn SetUp(on_done: Callback<RecoveryCodes>, on_close: Callback<()>) -> impl IntoView {
    let load = Load::of(|| PrepareSecondFactor {});
    view! {
        <Panel
            title="设置动态验证码"
            text="在手机上装一个验证器，如微信小程序“腾讯身份验证器”、Microsoft Authenticator，用它扫下面的码，再把它显示的 6 位数字填进来。"
            on_close
        >
            <Opened load children=move |new: NewSecondFactor| {
                view! { <Scan new/> <FirstCode on_done on_close/> }.into_any()
            }/>
        </Panel>
    }
}

/// What the app scans, and what is typed where it cannot.
#[component]
fn Scan(new: NewSecondFactor) -> impl IntoView {
    let NewSecondFactor { secret, address } = new;
    view! {
        // Without it there are still the letters to type.
        <QrDrawing text=address label="给验证器扫的码"/>
        <p class="c-quiet">"扫不了？在验证器里选“手动输入”，填这串字母数字："</p>
        <p class="c-digits">{secret}</p>
    }
}

#[component]
fn FirstCode(on_done: Callback<RecoveryCodes>, on_close: Callback<()>) -> impl IntoView {
    let client = Client::expect();
    let code = RwSignal::new(String::new());
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let code = code.get_untracked();
        if code.trim().is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(SetUpSecondFactor { code }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(codes) => on_done.run(codes),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label="验证器上的 6 位数字" value=code autocomplete="one-time-code" autofocus=true/>
            <footer class="c-question__foot">
                <button type="button" class="c-button" on:click=move |_| on_close.run(())>"先不设"</button>
                <button type="submit" class="c-button c-button--primary" disabled=busy>"启用"</button>
            </footer>
        </form>
    }
}
