//! The own password.

use leptos::{prelude::*, task::spawn_local, web_sys};
use shared::accounts::passwords::SetPassword;

use crate::{
    admin::kit::{TextField, TroubleNote},
    client::{Client, Trouble},
};

#[component]
pub fn OwnPassword() -> impl IntoView {
    let client = Client::expect();
    let (password, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, done) = (RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let asked = RwSignal::new(false);
    let differs = move || (again.get() != password.get()).then(|| "两次填的不一样".to_owned());
    let error = Signal::derive(move || asked.get().then(differs).flatten());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        asked.set(true);
        done.set(false);
        let new = password.get_untracked();
        if new.is_empty() || new != again.get_untracked() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let failed = client.call(SetPassword { password: new }).await.err();
            if busy.try_set(false).is_some() {
                return;
            }
            if failed.is_none() {
                asked.set(false);
                password.set(String::new());
                again.set(String::new());
                done.set(true);
            }
            trouble.set(failed);
        });
    };
    view! {
        <section class="c-card">
            <h2 class="c-subtitle">"登录密码"</h2>
            <p>"保存以后，别的电脑上用旧密码的登录都会退出。"</p>
            <form class="c-form" on:submit=submit novalidate=true>
                {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
                {move || done.get().then(|| view! { <p class="c-note c-note--good" role="status">"新密码设好了"</p> })}
                <TextField label="新密码" value=password kind="password" autocomplete="new-password" hint="至少 10 个字符，可以用几个不相干的词连起来"/>
                <TextField label="再填一次新密码" value=again kind="password" autocomplete="new-password" error=error/>
                <div class="c-actions">
                    <button type="submit" class="c-button c-button--primary" disabled=busy>
                        {move || if busy.get() { "正在保存…" } else { "保存密码" }}
                    </button>
                </div>
            </form>
        </section>
    }
}
