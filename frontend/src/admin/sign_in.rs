//! Signing in to the console.

use leptos::{prelude::*, task::spawn_local, web_sys};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use shared::accounts::SignInWithPassword;

use super::{
    kit::{TextField, TroubleNote, name_page},
    shell::Mark,
};
use crate::client::{Client, Trouble};

#[component]
pub fn SignInPage() -> impl IntoView {
    name_page("登录");
    view! {
        <main class="c-sign-in">
            <div class="c-sign-in__card">
                <p class="c-brand c-brand--big"><Mark/><span>"指尖教学"<small>"管理台"</small></span></p>
                <h1 class="c-sign-in__title">"经办登录"</h1>
                <SignInForm/>
                <p class="c-sign-in__help">"忘了密码或没有账号，请联系系统管理员。学员请用微信打开手机端。"</p>
            </div>
        </main>
    }
}

#[component]
fn SignInForm() -> impl IntoView {
    let client = Client::expect();
    let username = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
    let (navigate, to) = (use_navigate(), destination());
    let missing = Memo::new(move |_| {
        username.with(|it| it.trim().is_empty()) || password.with(String::is_empty)
    });
    let asked = RwSignal::new(false);
    let wanted = move |value: RwSignal<String>, words: &'static str| {
        Signal::derive(move || {
            (asked.get() && value.with(String::is_empty)).then(|| words.to_owned())
        })
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        asked.set(true);
        if missing.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (navigate, to) = (navigate.clone(), to.clone());
        let username = username.get_untracked().trim().to_owned();
        let request = SignInWithPassword { username, password: password.get_untracked() };
        spawn_local(async move {
            match client.call(request).await {
                Ok(_) => navigate(&to, replacing()),
                Err(failed) => trouble.set(Some(failed)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label="用户名" value=username autocomplete="username" autofocus=true error=wanted(username, "请填用户名")/>
            <TextField label="密码" value=password kind="password" autocomplete="current-password" error=wanted(password, "请填密码")/>
            <button type="submit" class="c-button c-button--primary c-button--wide" disabled=busy>
                {move || if busy.get() { "正在登录…" } else { "登录" }}
            </button>
        </form>
    }
}

/// Going back does not lead to the form again.
fn replacing() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}

/// Where the officer wanted to go; only pages of the console.
fn destination() -> String {
    let to = use_query_map().with_untracked(|query| query.get("to")).unwrap_or_default();
    let inside = to == "/admin" || to.starts_with("/admin/");
    if inside && !to.starts_with("/admin/sign-in") { to } else { "/admin/courses".into() }
}
