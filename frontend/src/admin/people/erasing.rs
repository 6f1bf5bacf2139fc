//! Erasing the particulars of somebody who left.

use leptos::{prelude::*, task::spawn_local};
use shared::{accounts::PersonId, privacy::ErasePerson};

use crate::{
    admin::kit::{Question, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn Erasing(
    person: PersonId,
    name: String,
    /// Called when a pseudonym stands for them.
    on_erased: Callback<()>,
) -> impl IntoView {
    let asking = RwSignal::new(false);
    let question = move || {
        let (name, on_no) = (name.clone(), Callback::new(move |()| asking.set(false)));
        asking.get().then(|| view! { <ErasingQuestion person name on_erased on_no/> })
    };
    view! {
        <section>
            <h3 class="c-subtitle">"注销个人资料"</h3>
            <p class="c-quiet">"离岗的人要求不再留个人资料时用，由全局的经办来办。"</p>
            <button type="button" class="c-button c-button--danger" on:click=move |_| asking.set(true)>
                "注销个人资料"
            </button>
            {question}
        </section>
    }
}

#[component]
fn ErasingQuestion(
    person: PersonId,
    name: String,
    on_erased: Callback<()>,
    on_no: Callback<()>,
) -> impl IntoView {
    let client = Client::expect();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let erase = Callback::new(move |()| {
        busy.set(true);
        spawn_local(async move {
            let answer = client.call(ErasePerson { person }).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => on_erased.run(()),
                Err(failed) => trouble.set(Some(failed)),
            }
        });
    });
    view! {
        <Question
            title=format!("注销 {name} 的个人资料？")
            text="姓名和工号换成代号，手机号、身份证号、微信、密码、登录的设备、站内消息都删掉，不能恢复。成绩、签到和操作日志还在，只是对不上名字了。最近导入的花名册文件最多再留 30 天。"
            yes="注销"
            danger=true
            busy
            on_yes=erase
            on_no
        >
            {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        </Question>
    }
}
