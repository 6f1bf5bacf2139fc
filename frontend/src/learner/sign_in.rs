//! Signing in: silently inside WeChat, by a button or a password elsewhere.

use std::cell::Cell;

use js_sys::Array;
use leptos::{prelude::*, task::spawn_local};
use shared::accounts::SignInWithPassword;

use super::{Page, Who, qr::call};
use crate::{
    clock, storage,
    ui::{
        Act, Field, Navigation, busy_button, button,
        html::{Html, details, form, h1, input, main, p, summary},
        link_button, name_page,
    },
};

/// When WeChat was last asked, in seconds: a sign-in that comes back without success must not be
/// asked for again and again.
const ASKED: &str = "wechat-asked";
const PAUSE: i64 = 15;

thread_local! {
    /// When this page last led the browser away, in seconds.
    static LEFT: Cell<i64> = const { Cell::new(0) };
}

/// The sign-in is over and cannot be renewed.
pub fn sign_in_again() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    if path == "/sign-in" {
        return;
    }
    let to = path + &location.search().unwrap_or_default();
    let now = clock::now().timestamp();
    // Another call found the same while the browser is on its way.
    if now - LEFT.replace(now) < PAUSE {
        return;
    }
    let asked = storage::read(ASKED).and_then(|it| it.parse::<i64>().ok());
    let recently = asked.is_some_and(|asked| (0..PAUSE).contains(&(now - asked)));
    let by_hand = format!("/sign-in?to={}", js_sys::encode_uri_component(&to));
    if !inside_wechat() || recently {
        let _ = location.replace(&by_hand);
        return;
    }
    storage::write(ASKED, &now.to_string());
    if inside_mini_program() {
        leave_to_mini_program(to, by_hand);
    } else {
        let _ = location.replace(&wechat_address(&to));
    }
}

/// WeChat's page that asks for consent does not open in a web view, but the mini-program around it
/// signs in by itself.
fn leave_to_mini_program(to: String, otherwise: String) {
    spawn_local(async move {
        if call(&window(), "signInByMiniProgram", &Array::of1(&to.into())).await.is_none() {
            let _ = window().location().replace(&otherwise);
        }
    });
}

pub fn inside_wechat() -> bool {
    runs_in("MicroMessenger")
}

fn inside_mini_program() -> bool {
    runs_in("miniProgram")
}

fn runs_in(mark: &str) -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains(mark))
}

fn wechat_address(to: &str) -> String {
    format!("/enter/wechat?to={}", js_sys::encode_uri_component(to))
}

/// Where somebody sets a password with a code.
fn code_address(to: &str) -> String {
    format!("/enter/password?to={}", js_sys::encode_uri_component(to))
}

/// Where the person wanted to go: only pages of this app.
fn destination() -> String {
    let address = Navigation::expect().address();
    let to = address.split_once("?to=").map(|(_, to)| to.split('&').next().unwrap_or_default());
    let to = to.and_then(|to| js_sys::decode_uri_component(to).ok()).map(String::from);
    to.filter(|to| Page::parse(to).is_some_and(|page| page != Page::SignIn))
        .unwrap_or_else(|| "/".into())
}

pub fn sign_in_page() -> Html {
    name_page("登录");
    let to = destination();
    let wechat = if inside_mini_program() {
        let to = to.clone();
        button("button", "微信登录", move || {
            leave_to_mini_program(to.clone(), "/sign-in".into());
        })
    } else {
        link_button("button", wechat_address(&to), "微信登录").attr("rel", "external")
    };
    let password = details("sign-in-more")
        .with(summary("").text("用工号和密码登录"))
        .with(password_form(to.clone()))
        .with(link_button("button button-plain", code_address(&to), "还没有密码？用队长给的码设"));
    main("page sign-in")
        .with(h1("sign-in-title").text("指尖教学"))
        .with(p("sign-in-text").text("用微信登录最方便，不用记密码。"))
        .with(wechat)
        .with(password)
        .with(p("sign-in-text").text("登录不了？请把姓名和工号告诉队长或培训办公室。"))
        .with(
            link_button("button button-plain", "/privacy".to_owned(), "隐私说明")
                .attr("rel", "external"),
        )
}

fn password_form(to: String) -> Html {
    let (who, navigation, act) = (Who::expect(), Navigation::expect(), Act::new());
    let (username, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = RwSignal::new(false);
    let sign_in = move || {
        asked.set(true);
        let (username, password) = (username.get_untracked(), password.get_untracked());
        if username.is_empty() || password.is_empty() {
            return;
        }
        let to = to.clone();
        act.call(
            &SignInWithPassword { username: username.trim().into(), password },
            move |answer| {
                let Some(me) = answer.me else {
                    // There is a second thing to show, on a page of its own.
                    let to = js_sys::encode_uri_component(&to);
                    let _ = window().location().replace(&format!("/enter/confirm?to={to}"));
                    return;
                };
                who.learn(me);
                navigation.replace(&to);
            },
        );
    };
    let submit = sign_in.clone();
    let name_field = Field {
        id: "username",
        label: "工号或用户名",
        value: username,
        attributes: &[("autocomplete", "username")],
    };
    let password_field = Field {
        id: "password",
        label: "密码",
        value: password,
        attributes: &[("type", "password"), ("autocomplete", "current-password")],
    };
    form("")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            submit();
        })
        .with(name_field.html(move || wanted(asked, username, "请填工号")))
        .with(password_field.html(move || wanted(asked, password, "请填密码")))
        .with(act.note())
        // A form with two fields and no submit button ignores the keyboard's Enter.
        .with(input("unseen").attr("type", "submit").attr("tabindex", "-1").attr("value", "登录"))
        .with(busy_button("button", "登录", "正在登录…", act.busy, sign_in))
}

fn wanted(asked: RwSignal<bool>, value: RwSignal<String>, words: &str) -> Option<String> {
    (asked.get() && value.with(String::is_empty)).then(|| words.to_owned())
}
