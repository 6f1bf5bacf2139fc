//! Signing in: silently inside WeChat, by a button or a password elsewhere.

use leptos::{prelude::*, task::spawn_local};
use shared::accounts::SignInWithPassword;
use web_sys::SubmitEvent;

use super::{Page, Who};
use crate::{
    client::{Client, Trouble},
    clock, storage,
    ui::{BusyButton, Navigation, TextField, TroubleNote, name_page},
};

/// When WeChat was last asked, in seconds: a sign-in that comes back without success must not be
/// asked for again and again.
const ASKED: &str = "wechat-asked";
const PAUSE: i64 = 15;

/// The sign-in is over and cannot be renewed.
pub fn sign_in_again() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    if path == "/sign-in" {
        return;
    }
    let to = path + &location.search().unwrap_or_default();
    let now = clock::now().timestamp();
    let asked = storage::read(ASKED).and_then(|it| it.parse::<i64>().ok());
    let recently = asked.is_some_and(|asked| (0..PAUSE).contains(&(now - asked)));
    let target = if inside_wechat() && !recently {
        storage::write(ASKED, &now.to_string());
        wechat_address(&to)
    } else {
        format!("/sign-in?to={}", js_sys::encode_uri_component(&to))
    };
    let _ = location.replace(&target);
}

fn inside_wechat() -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains("MicroMessenger"))
}

fn wechat_address(to: &str) -> String {
    format!("/enter/wechat?to={}", js_sys::encode_uri_component(to))
}

/// Where the person wanted to go: only pages of this app.
fn destination() -> String {
    let address = Navigation::expect().address();
    let to = address.split_once("?to=").map(|(_, to)| to.split('&').next().unwrap_or_default());
    let to = to.and_then(|to| js_sys::decode_uri_component(to).ok()).map(String::from);
    to.filter(|to| Page::parse(to).is_some_and(|page| page != Page::SignIn))
        .unwrap_or_else(|| "/".into())
}

#[component]
pub fn SignInPage() -> impl IntoView {
    name_page("登录");
    let to = destination();
    view! {
        <main class="page sign-in">
            <h1 class="sign-in-title">"指尖教学"</h1>
            <p class="sign-in-text">"用微信登录最方便，不用记密码。"</p>
            <a class="button" href=wechat_address(&to) rel="external">"微信登录"</a>
            <details class="sign-in-more">
                <summary>"用用户名和密码登录"</summary>
                <PasswordForm to/>
            </details>
            <p class="sign-in-text">"登录不了？请把姓名和工号告诉队长或培训办公室。"</p>
        </main>
    }
}

#[component]
fn PasswordForm(to: String) -> impl IntoView {
    let (client, who, navigation) = (Client::expect(), Who::expect(), Navigation::expect());
    let (username, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (asked, busy) = (RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let wanted = move |value: RwSignal<String>, words: &'static str| {
        Signal::derive(move || (asked.get() && value.with(String::is_empty)).then(|| words.to_owned()))
    };
    let sign_in = Callback::new(move |()| {
        asked.set(true);
        let (username, password) = (username.get_untracked(), password.get_untracked());
        if username.is_empty() || password.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let to = to.clone();
        spawn_local(async move {
            let request = SignInWithPassword { username: username.trim().into(), password };
            match client.call(request).await {
                Ok(answer) => {
                    who.learn(answer.me);
                    navigation.replace(&to);
                }
                Err(failed) => _ = trouble.try_set(Some(failed)),
            }
            busy.try_set(false);
        });
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sign_in.run(());
    };
    view! {
        <form on:submit=submit novalidate=true>
            <TextField id="username" label="用户名" value=username autocomplete="username" error=wanted(username, "请填用户名")/>
            <TextField id="password" label="密码" value=password kind="password" autocomplete="current-password" error=wanted(password, "请填密码")/>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            // A form with two fields and no submit button ignores the keyboard's Enter.
            <input type="submit" class="unseen" tabindex="-1" value="登录"/>
            <BusyButton text="登录" doing="正在登录…" busy on_press=sign_in/>
        </form>
    }
}
