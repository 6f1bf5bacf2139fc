//! What surrounds every page of the console: who is signed in and where to go.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::components::{A, Outlet};
use shared::accounts::{Me, Role, ShowMe, SignOut};

use super::{
    kit::{DraftOwner, Load, Opened, SignedInAgain, name_page},
    sign_in::SignInOver,
};
use crate::client::{Client, Trouble};

/// The navigation on the left and the page beside it, for officers only.
#[component]
pub fn Shell() -> impl IntoView {
    provide_context(SignedInAgain(RwSignal::new(0)));
    let load = Load::of(|| ShowMe {});
    view! {
        <div class="c-shell">
            <a class="c-skip" href="#page">"跳到正文"</a>
            <aside class="c-side">
                <p class="c-brand">
                    <Mark/>
                    <span>"指尖教学"<small>"管理台"</small></span>
                </p>
                <nav class="c-nav" aria-label="主导航">
                    <A href="/admin/courses">"课程"</A>
                    <A href="/admin/sessions">"实训"</A>
                    <A href="/admin/people">"人员"</A>
                </nav>
                {move || load.value.get().map(|me| view! { <WhoAmI me/> })}
            </aside>
            <main class="c-page" id="page" tabindex="-1">
                <Opened load children=|me: Me| {
                    if me.is(Role::TrainingOfficer) {
                        provide_context(DraftOwner(me.id.to_string()));
                        view! { <Outlet/> }.into_any()
                    } else {
                        view! { <NotAnOfficer/> }.into_any()
                    }
                }/>
            </main>
            {move || load.value.get().map(|me| view! { <SignInOver me=me.id/> })}
        </div>
    }
}

#[component]
fn WhoAmI(me: Me) -> impl IntoView {
    let client = Client::expect();
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let leave = move |_| {
        busy.set(true);
        spawn_local(async move {
            let trouble = client.call(SignOut {}).await.err();
            if busy.try_set(false).is_some() {
                return;
            }
            // Only the server can take the cookies away: this page cannot even see them.
            match trouble.filter(|it| !it.is_signed_out()) {
                None => _ = window().location().replace("/admin/sign-in"),
                Some(Trouble::Offline) => failed.set(Some("还没退出：网络不通，请再试".into())),
                Some(refused) => failed.set(Some(format!("还没退出：{}", refused.sentence()))),
            }
        });
    };
    view! {
        <div class="c-who">
            <p class="c-who__name">{me.name}</p>
            <p class="c-who__place">{me.organization.name}</p>
            <button type="button" class="c-button c-button--small" disabled=busy on:click=leave>
                {move || if busy.get() { "正在退出…" } else { "退出登录" }}
            </button>
            <p class="c-who__trouble" role="alert">{move || failed.get()}</p>
        </div>
    }
}

#[component]
fn NotAnOfficer() -> impl IntoView {
    name_page("没有权限");
    view! {
        <div class="c-empty">
            <h1 class="c-empty__title">"这个账号不是经办"</h1>
            <p>"管理台只给负责培训的经办使用。要学习，请打开"<a href="/" rel="external">"学员端"</a>"；需要权限，请联系系统管理员。"</p>
        </div>
    }
}

/// The address leads nowhere.
#[component]
pub fn NotFound() -> impl IntoView {
    name_page("没有这一页");
    view! {
        <div class="c-empty">
            <h1 class="c-empty__title">"没有这一页"</h1>
            <p>"内容可能被删除了，或者网址不完整。"</p>
            <p><a class="c-button" href="/admin/courses">"回到课程"</a></p>
        </div>
    }
}

/// A fingertip on a page.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <span class="c-mark" aria-hidden="true" inner_html=include_str!("../../static/mark.svg")></span> }
}
