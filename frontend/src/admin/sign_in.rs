//! Signing in to the console.

mod code;
mod phone;

use std::cell::Cell;

use leptos::{prelude::*, task::spawn_local, web_sys};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use shared::accounts::{
    Me, PasswordAnswer, PersonId, SignInWithPassword, second_factor::SecondFactorAsked,
};

use self::{code::CodeForm, phone::PhoneForm};
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
    let asked = RwSignal::new(None::<SecondFactorAsked>);
    let trouble = RwSignal::new(None::<Trouble>);
    let answered = Callback::new(move |answer: PasswordAnswer| match answer.second_factor {
        Some(new) if new.set_up => {
            let to = js_sys::encode_uri_component(&to);
            let _ = window().location().assign(&format!("/enter/confirm?to={to}"));
        }
        Some(new) => asked.set(Some(new)),
        None => {
            if let Some(me) = answer.me {
                on_done.run(me);
            }
        }
    });
    let over = Callback::new(move |failed| {
        asked.set(None);
        trouble.set(Some(failed));
    });
    move || match asked.get() {
        Some(asked) => view! { <SecondForm asked on_done on_over=over/> }.into_any(),
        None => view! { <PasswordForm trouble on_done=answered/> }.into_any(),
    }
}

/// A code or a word from the phone: what the person has, and a way from one to the other.
#[component]
fn SecondForm(
    asked: SecondFactorAsked,
    on_done: Callback<Me>,
    on_over: Callback<Trouble>,
) -> impl IntoView {
    let SecondFactorAsked { challenge, by_code, by_phone, .. } = asked;
    let phone = RwSignal::new(!by_code);
    view! {
        {move || {
            let challenge = challenge.clone();
            if phone.get() {
                view! { <PhoneForm challenge on_done on_over/> }.into_any()
            } else {
                view! { <CodeForm challenge on_done on_over/> }.into_any()
            }
        }}
        {(by_code && by_phone).then(|| view! {
            <button type="button" class="c-button c-button--wide c-sign-in__other" on:click=move |_| phone.update(|it| *it = !*it)>
                {move || if phone.get() { "改填动态验证码" } else { "改用手机微信确认" }}
            </button>
        })}
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
