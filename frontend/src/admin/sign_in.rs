//! Signing in to the console.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local, web_sys};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use shared::accounts::{Me, PersonId, SignInWithPassword};

use super::{
    kit::{Panel, SignedInAgain, TextField, TroubleNote, name_page},
    shell::Mark,
};
use crate::client::{Client, Trouble};

#[component]
pub fn SignInPage() -> impl IntoView {
    name_page("登录");
    let (navigate, to) = (use_navigate(), destination());
    let done = Callback::new(move |_: Me| navigate(&to, replacing()));
    view! {
        <main class="c-sign-in">
            <div class="c-sign-in__card">
                <p class="c-brand c-brand--big"><Mark/><span>"指尖教学"<small>"管理台"</small></span></p>
                <h1 class="c-sign-in__title">"管理台登录"</h1>
                <SignInForm on_done=done/>
                <p class="c-sign-in__help">"忘了密码或没有账号，请联系系统管理员。学员请用微信打开手机端。"</p>
            </div>
        </main>
    }
}

#[component]
fn SignInForm(on_done: Callback<Me>) -> impl IntoView {
    let client = Client::expect();
    let username = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<Trouble>);
    let busy = RwSignal::new(false);
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
        let username = username.get_untracked().trim().to_owned();
        let request = SignInWithPassword { username, password: password.get_untracked() };
        spawn_local(async move {
            let answer = client.call(request).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(answer) => on_done.run(answer.me),
                Err(failed) => trouble.set(Some(failed)),
            }
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

thread_local! {
    /// Opens the form over the page; nothing where there is no page that could lose something.
    static OVER_PAGE: Cell<Option<RwSignal<bool>>> = const { Cell::new(None) };
}

/// The sign-in is over: asks for the password over the page, which keeps what is typed on it, or
/// leads to the page that asks for it and back.
pub fn sign_in_again() {
    if let Some(asking) = OVER_PAGE.get()
        && asking.try_set(true).is_none()
    {
        return;
    }
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if !here.starts_with("/admin/sign-in") {
        let to = js_sys::encode_uri_component(&here);
        let _ = location.replace(&format!("/admin/sign-in?to={to}"));
    }
}

/// The form over the page of an officer, when it is asked for.
#[component]
pub fn SignInOver(me: PersonId) -> impl IntoView {
    let asking = RwSignal::new(false);
    OVER_PAGE.set(Some(asking));
    on_cleanup(|| OVER_PAGE.set(None));
    let again = expect_context::<SignedInAgain>().0;
    let close = Callback::new(move |()| asking.set(false));
    let done = Callback::new(move |who: Me| {
        if who.id == me {
            asking.set(false);
            again.update(|it| *it += 1);
        } else {
            // What is on the page is somebody else's.
            let _ = window().location().reload();
        }
    });
    move || {
        asking.get().then(|| {
            view! {
                <Panel
                    title="登录到期了，请再登录一次"
                    text="请用原来的账号登录。登录后接着做，这一页上填的都还在。"
                    on_close=close
                >
                    <SignInForm on_done=done/>
                </Panel>
            }
        })
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
    if inside && !to.starts_with("/admin/sign-in") { to } else { "/admin".into() }
}
