//! Asking whoever is at the screen to prove once more who it is, over the page: what was asked for is
//! asked again afterwards, so that nothing typed is lost.

use std::{cell::Cell, pin::Pin};

use js_sys::{Function, Promise};
use leptos::{prelude::*, task::spawn_local, wasm_bindgen::JsValue, web_sys};
use shared::accounts::second_factor::{SecondFactorState, ShowSecondFactor, StepUp};
use wasm_bindgen_futures::JsFuture;

use super::kit::{Load, Panel, Shown, TextField, TroubleNote};
use crate::client::{Client, Trouble};

thread_local! {
    /// Nothing where there is no page to ask over.
    static OVER_PAGE: Cell<Option<Asking>> = const { Cell::new(None) };
}

/// The question, and who waits for its answer.
#[derive(Clone, Copy)]
struct Asking {
    open: RwSignal<bool>,
    waiting: StoredValue<Vec<Function>, LocalStorage>,
}

impl Asking {
    fn close(self, proven: bool) {
        self.open.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for answer in waiting {
            // Resolving a promise does not fail.
            let _ = answer.call1(&JsValue::NULL, &proven.into());
        }
    }
}

/// Opens the question; whether it was answered with a proof.
pub fn prove() -> Pin<Box<dyn Future<Output = bool>>> {
    Box::pin(async {
        let Some(asking) = OVER_PAGE.get() else { return false };
        let answer = Promise::new(&mut |resolve, _| {
            asking.waiting.try_update_value(|waiting| waiting.push(resolve));
        });
        if asking.open.try_set(true).is_some() {
            return false;
        }
        JsFuture::from(answer).await.is_ok_and(|it| it.is_truthy())
    })
}

/// The question over the page, when it is asked.
#[component]
pub fn StepUpOver() -> impl IntoView {
    let asking = Asking { open: RwSignal::new(false), waiting: StoredValue::new_local(Vec::new()) };
    OVER_PAGE.set(Some(asking));
    on_cleanup(|| OVER_PAGE.set(None));
    let done = Callback::new(move |proven: bool| asking.close(proven));
    let close = Callback::new(move |()| done.run(false));
    move || {
        asking.open.get().then(|| {
            view! {
                <Panel
                    title="请再确认一次是您本人"
                    text="查看号码、导出、改权限、一次改很多人，都要先确认。确认后 5 分钟内不再问，填好的内容都还在。"
                    on_close=close
                >
                    <ProofForm on_done=done/>
                </Panel>
            }
        })
    }
}

#[component]
fn ProofForm(on_done: Callback<bool>) -> impl IntoView {
    let load = Load::of(|| ShowSecondFactor {});
    view! {
        <Shown load children=move |state: SecondFactorState| {
            if state.since.is_some() {
                view! { <Proof label="动态验证码" hint="手机验证器上的 6 位数字，或者一个备用码" kind="text" on_done/> }.into_any()
            } else if state.has_password {
                view! { <Proof label="登录密码" hint="" kind="password" on_done/> }.into_any()
            } else {
                view! { <NothingToProve on_done/> }.into_any()
            }
        }/>
    }
}

#[component]
fn Proof(
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    on_done: Callback<bool>,
) -> impl IntoView {
    let client = Client::expect();
    let proof = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let proof = proof.get_untracked();
        if proof.is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(StepUp { proof }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => on_done.run(true),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    let autocomplete = if kind == "password" { "current-password" } else { "one-time-code" };
    view! {
        <form class="c-form" on:submit=submit novalidate=true>
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            <TextField label value=proof kind hint autocomplete autofocus=true/>
            <footer class="c-question__foot">
                <button type="button" class="c-button" on:click=move |_| on_done.run(false)>"先不了"</button>
                <button type="submit" class="c-button c-button--primary" disabled=busy>"确认是我"</button>
            </footer>
        </form>
    }
}

/// Somebody who came through WeChat and has neither.
#[component]
fn NothingToProve(on_done: Callback<bool>) -> impl IntoView {
    view! {
        <p class="c-question__text">
            "您还没有设登录密码。请在手机微信里打开指尖教学，点“我的 → 电脑登录密码”设一个，再回来操作。"
        </p>
        <footer class="c-question__foot">
            <button type="button" class="c-button c-button--primary" autofocus=true on:click=move |_| on_done.run(false)>
                "知道了"
            </button>
        </footer>
    }
}
