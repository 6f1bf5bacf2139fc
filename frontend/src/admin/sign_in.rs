//! Signing in to the console.

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local, web_sys};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use shared::{
    accounts::{
        Me, PasswordAnswer, PersonId, SignInWithPassword, second_factor::ConfirmSecondFactor,
    },
    problem::Code,
};

use super::{
    kit::{Panel, SignedInAgain, TextField, TroubleNote, name_page},
    shell::Mark,
};
use crate::client::{Client, Trouble};

#[component]
pub fn SignInPage() -> impl IntoView {
    name_page("登录");
    let (navigate, to) = (use_navigate(), destination());
    let there = to.clone();
    let done = Callback::new(move |_: Me| navigate(&there, replacing()));
    view! {
        <main class="c-sign-in">
            <div class="c-sign-in__card">
                <p class="c-brand c-brand--big"><Mark/><span>"指尖教学"<small>"管理台"</small></span></p>
                <h1 class="c-sign-in__title">"管理台登录"</h1>
                <SignInForm on_done=done to/>
                <p class="c-sign-in__help">"忘了密码，在微信里打开手机端，“我的 → 电脑登录密码”里重新设。没有账号，请联系系统管理员。"</p>
            </div>
        </main>
    }
}

/// Asks for the password, and then for what else there is to show.
#[component]
fn SignInForm(
    on_done: Callback<Me>,
    /// Where to go after the second factor was set up on its own page.
    #[prop(into)]
    to: String,
) -> impl IntoView {
    let challenge = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<Trouble>);
    let answered = Callback::new(move |answer: PasswordAnswer| match answer.second_factor {
        Some(asked) if asked.set_up => {
            let to = js_sys::encode_uri_component(&to);
            let _ = window().location().assign(&format!("/enter/confirm?to={to}"));
        }
        Some(asked) => challenge.set(Some(asked.challenge)),
        None => {
            if let Some(me) = answer.me {
                on_done.run(me);
            }
        }
    });
    let over = Callback::new(move |failed| {
        challenge.set(None);
        trouble.set(Some(failed));
    });
    move || match challenge.get() {
        Some(challenge) => view! { <CodeForm challenge on_done on_over=over/> }.into_any(),
        None => view! { <PasswordForm trouble on_done=answered/> }.into_any(),
    }
}

#[component]
fn PasswordForm(
    trouble: RwSignal<Option<Trouble>>,
    on_done: Callback<PasswordAnswer>,
) -> impl IntoView {
    let client = Client::expect();
    let username = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let missing = Memo::new(move |_| {
        username.with(|it| it.trim().is_empty()) || password.with(String::is_empty)
    });
    let asked = RwSignal::new(false);
    let wanted = move |value, words| wanted(asked, value, words);
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
                Ok(answer) => on_done.run(answer),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label="用户名" value=username autocomplete="username" autofocus=true hint="也可以填工号" error=wanted(username, "请填用户名")/>
            <TextField label="密码" value=password kind="password" autocomplete="current-password" error=wanted(password, "请填密码")/>
            <button type="submit" class="c-button c-button--primary c-button--wide" disabled=busy>
                {move || if busy.get() { "正在登录…" } else { "登录" }}
            </button>
        </form>
    }
}

fn wanted(
    asked: RwSignal<bool>,
    value: RwSignal<String>,
    words: &'static str,
) -> Signal<Option<String>> {
    Signal::derive(move || (asked.get() && value.with(String::is_empty)).then(|| words.to_owned()))
}

/// The code of the second factor.
#[component]
fn CodeForm(challenge: String, on_done: Callback<Me>, on_over: Callback<Trouble>) -> impl IntoView {
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
    let here = here();
    if !here.starts_with("/admin/sign-in") {
        let to = js_sys::encode_uri_component(&here);
        let _ = window().location().replace(&format!("/admin/sign-in?to={to}"));
    }
}

/// The address of the page.
fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
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
                    <SignInForm on_done=done to=here()/>
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
