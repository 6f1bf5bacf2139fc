//! Whether there is a second factor, and what can be done about it.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::second_factor::{
        RecoveryCodes, RemoveSecondFactor, RenewRecoveryCodes, SecondFactorState, ShowSecondFactor,
    },
    time::{day, local_date},
};

use super::set_up::SetUp;
use crate::{
    admin::kit::{Load, Notice, Question, Shown, TroubleNote},
    client::{Client, Trouble},
    clock,
};

#[component]
pub fn SecondFactor() -> impl IntoView {
    let load = Load::of(|| ShowSecondFactor {});
    let setting_up = RwSignal::new(false);
    let codes = RwSignal::new(None::<Vec<String>>);
    let made = Callback::new(move |made: RecoveryCodes| {
        setting_up.set(false);
        codes.set(Some(made.codes));
        load.reload();
    });
    let close = Callback::new(move |()| setting_up.set(false));
    view! {
        <section class="c-card">
            <h2 class="c-subtitle">"动态验证码"</h2>
            <Shown load children=move |state: SecondFactorState| {
                view! { <State state load setting_up made/> }.into_any()
            }/>
            {move || setting_up.get().then(|| view! { <SetUp on_done=made on_close=close/> })}
            {move || codes.get().map(|list| view! { <Codes list codes/> })}
        </section>
    }
}

#[component]
fn State(
    state: SecondFactorState,
    load: Load<SecondFactorState>,
    setting_up: RwSignal<bool>,
    made: Callback<RecoveryCodes>,
) -> impl IntoView {
    let SecondFactorState { since, recovery_codes, required, .. } = state;
    let words = match since {
        Some(at) => {
            let since = day(local_date(at), local_date(clock::now()));
            format!(
                "{since}设好了，登录时要填手机验证器上的 6 位数字。还有 {recovery_codes} 个备用码。"
            )
        }
        None => "还没有设。设好以后，别人知道了密码也登录不了。两分钟就好，需要一部手机。".into(),
    };
    let open = move |_| setting_up.set(true);
    view! {
        <p>{words}</p>
        <div class="c-actions">
            <button type="button" class="c-button c-button--primary" on:click=open>
                {if since.is_some() { "换一部手机" } else { "设置动态验证码" }}
            </button>
            {since.is_some().then(|| view! { <Renew made/> })}
            {(since.is_some() && !required).then(|| view! { <Remove load/> })}
        </div>
    }
}

#[component]
fn Renew(made: Callback<RecoveryCodes>) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let renew = move |_| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(RenewRecoveryCodes {}).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(codes) => made.run(codes),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    };
    view! {
        <button type="button" class="c-button" disabled=busy on:click=renew>"换一组备用码"</button>
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
    }
}

#[component]
fn Remove(load: Load<SecondFactorState>) -> impl IntoView {
    let client = Client::expect();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let no = Callback::new(move |()| asking.set(false));
    let yes = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let failed = client.call(RemoveSecondFactor {}).await.err();
            if busy.try_set(false).is_some() {
                return;
            }
            if failed.is_none() {
                asking.set(false);
                load.reload();
            }
            trouble.set(failed);
        });
    });
    view! {
        <button type="button" class="c-button c-button--quiet" on:click=move |_| asking.set(true)>"取消动态验证码"</button>
        {move || asking.get().then(|| view! {
            <Question
                title="取消动态验证码？"
                text="以后登录只要密码，账号没有现在安全。备用码也会作废。"
                yes="取消动态验证码"
                danger=true
                busy
                on_yes=yes
                on_no=no
            >
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
            </Question>
        })}
    }
}

/// The recovery codes, which are shown once.
#[component]
fn Codes(list: Vec<String>, codes: RwSignal<Option<Vec<String>>>) -> impl IntoView {
    view! {
        <Notice
            title="请记下备用码"
            text="手机丢了、换了，用备用码登录。每个只能用一次，只显示这一次。请抄下来或打印，放在安全的地方。"
            on_close=Callback::new(move |()| codes.set(None))
        >
            <ol class="c-list c-digits">
                {list.into_iter().map(|code| view! { <li>{code}</li> }).collect_view()}
            </ol>
        </Notice>
    }
}
