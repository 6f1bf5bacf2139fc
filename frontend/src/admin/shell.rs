//! What surrounds every page of the console: who is signed in and where to go.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    components::{A, Outlet, Redirect},
    hooks::use_location,
};
use shared::accounts::{Me, Role, ShowMe, SignOut};

use super::{
    kit::{DraftOwner, Load, Opened, SignedInAgain, name_page},
    sign_in::SignInOver,
    standards::SearchBox,
    step_up::StepUpOver,
};
use crate::client::{Client, Trouble};

/// A part of the console: for which roles, where, and what it is called.
const SECTIONS: [(&[Role], &str, &str); 10] = [
    (&[Role::TrainingOfficer], "/admin/courses", "课程"),
    (&[Role::TrainingOfficer], "/admin/standards", "标准仓"),
    (&[Role::TrainingOfficer, Role::BaseManager], "/admin/sessions", "实训"),
    (&[Role::TrainingOfficer], "/admin/people", "人员"),
    (&[Role::TrainingOfficer, Role::SystemAdmin], "/admin/organizations", "单位与班组"),
    (&[Role::TrainingOfficer, Role::SystemAdmin], "/admin/posts", "岗位"),
    (&[Role::TrainingOfficer, Role::SystemAdmin], "/admin/bases", "基地"),
    (&[Role::TrainingOfficer, Role::SystemAdmin], "/admin/roles", "角色"),
    (&[Role::TrainingOfficer, Role::SystemAdmin], "/admin/deliveries", "消息投递"),
    (&[Role::Auditor], "/admin/audit", "审计日志"),
];

fn holds_one(me: &Me, roles: &[Role]) -> bool {
    roles.iter().any(|role| me.is(*role))
}

/// The parts that somebody may open.
fn sections_of(me: &Me) -> impl Iterator<Item = (&'static str, &'static str)> {
    SECTIONS
        .into_iter()
        .filter(|(roles, ..)| holds_one(me, roles))
        .map(|(_, path, name)| (path, name))
}

/// Whether somebody may open the page with this address; pages of no part are for everybody here.
fn may_open(me: &Me, address: &str) -> bool {
    let within = |part: &str| {
        address.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    SECTIONS.iter().find(|(_, part, _)| within(part)).is_none_or(|(roles, ..)| holds_one(me, roles))
}

/// The navigation on the left and the page beside it, for those who have something to do here.
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
                {move || load.value.with(|it| it.as_ref().is_some_and(|me| me.is(Role::TrainingOfficer))).then(|| view! { <SearchBox/> })}
                <nav class="c-nav" aria-label="主导航">
                    {move || load.value.get().map(|me| {
                        sections_of(&me).map(|(path, name)| view! { <A href=path>{name}</A> }).collect_view()
                    })}
                </nav>
                {move || load.value.get().map(|me| view! { <WhoAmI me/> })}
            </aside>
            <main class="c-page" id="page" tabindex="-1">
                <Opened load children=|me: Me| {
                    if sections_of(&me).next().is_none() {
                        return view! { <NoPartOfTheConsole/> }.into_any();
                    }
                    provide_context(DraftOwner(me.id.to_string()));
                    view! { <OwnPage me/> }.into_any()
                }/>
            </main>
            {move || load.value.get().map(|me| view! { <SignInOver me=me.id/> <StepUpOver/> })}
        </div>
    }
}

/// The page of the address, for those who may open it.
#[component]
fn OwnPage(me: Me) -> impl IntoView {
    let (address, who) = (use_location().pathname, me.clone());
    let allowed = Memo::new(move |_| may_open(&who, &address.get()));
    provide_context(StoredValue::new(me));
    move || {
        if allowed.get() {
            view! { <Outlet/> }.into_any()
        } else {
            view! { <NotYours/> }.into_any()
        }
    }
}

/// The first part that somebody may open.
#[component]
pub fn Home() -> impl IntoView {
    let me = expect_context::<StoredValue<Me>>();
    let first = me.with_value(|me| sections_of(me).next().map(|(path, _)| path));
    view! { <Redirect path=first.unwrap_or("/admin/sign-in")/> }
}

#[component]
fn NotYours() -> impl IntoView {
    name_page("没有权限");
    view! {
        <div class="c-empty">
            <h1 class="c-empty__title">"这一页不归你管"</h1>
            <p>"请从左边进入你能用的部分；需要别的权限，请联系系统管理员。"</p>
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
            <p><A href="/admin/account">"账号安全"</A></p>
            <button type="button" class="c-button c-button--small" disabled=busy on:click=leave>
                {move || if busy.get() { "正在退出…" } else { "退出登录" }}
            </button>
            <p class="c-who__trouble" role="alert">{move || failed.get()}</p>
        </div>
    }
}

#[component]
fn NoPartOfTheConsole() -> impl IntoView {
    name_page("没有权限");
    view! {
        <div class="c-empty">
            <h1 class="c-empty__title">"这个账号不能用管理台"</h1>
            <p>"管理台给经办和各位管理员使用。要学习，请打开"<a href="/" rel="external">"学员端"</a>"；需要权限，请联系系统管理员。"</p>
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
            <p><a class="c-button" href="/admin">"回到首页"</a></p>
        </div>
    }
}

/// A fingertip on a page.
#[component]
pub fn Mark() -> impl IntoView {
    view! { <span class="c-mark" aria-hidden="true" inner_html=include_str!("../../static/mark.svg")></span> }
}

#[cfg(test)]
mod tests {
    use shared::{accounts::PersonId, organizations::*};

    use super::*;

    fn holding(roles: &[Role]) -> Me {
        let organization = Organization {
            id: OrganizationId(uuid::Uuid::nil()),
            name: "局".into(),
            kind: OrganizationKind::Bureau,
        };
        let (id, roles) = (PersonId(uuid::Uuid::nil()), roles.to_vec());
        let (name, staff_number) = ("钱慧".into(), "D0010".into());
        Me { id, name, staff_number, organization, post: None, roles }
    }

    #[test]
    fn everybody_sees_the_parts_of_their_roles_only() {
        let names = |roles: &[Role]| {
            let me = holding(roles);
            sections_of(&me).map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[Role::Auditor]), ["审计日志"]);
        let kept = ["单位与班组", "岗位", "基地", "角色", "消息投递"];
        let officers = [&["课程", "标准仓", "实训", "人员"][..], &kept].concat();
        assert_eq!(names(&[Role::TrainingOfficer]), officers);
        assert_eq!(names(&[Role::SystemAdmin]), kept);
        assert_eq!(names(&[Role::BaseManager]), ["实训"]);
        assert!(names(&[Role::Learner]).is_empty());
    }

    #[test]
    fn a_page_opens_for_its_role_only() {
        let auditor = holding(&[Role::Auditor]);
        for (address, opens) in [
            ("/admin", true),
            ("/admin/audit", true),
            ("/admin/courses", false),
            ("/admin/courses/1/quiz", false),
            ("/admin/nowhere", true),
        ] {
            assert_eq!(may_open(&auditor, address), opens, "{address}");
        }
    }
}
