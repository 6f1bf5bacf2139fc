//! 我的: what belongs to the person.

mod help;
mod inbox;
mod records;
mod settings;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::{Me, SignOut},
    learning::{Achievements, ShowAchievements, ShowToday, Today},
};

pub use self::{help::HelpPage, inbox::InboxPage, records::RecordsPage, settings::SettingsPage};
use super::{Outbox, Page, Who};
use crate::{
    client::{Client, Trouble},
    ui::{
        Banner, Cell, Cells, Dialog, Keep, Load, Loaded, Overlay, Shape, Tag, Tone, TroubleNote,
        name_page,
    },
};

#[component]
pub fn MePage() -> impl IntoView {
    name_page("我的");
    let who = Who::expect();
    let achievements = Load::of(Keep::ShowAtOnce, || ShowAchievements {});
    view! {
        {move || who.me.get().map(head)}
        <UnsentNote/>
        <Loaded load=achievements children=|achievements| numbers(&achievements)/>
        <Rows/>
        <SignOutButton/>
    }
}

fn head(me: Me) -> AnyView {
    let post = me.post.map(|post| post.name);
    let place = [post, Some(me.organization.name)].into_iter().flatten().collect::<Vec<_>>();
    view! {
        <header class="greeting">
            <h1>{me.name}</h1>
            <p>{place.join(" · ")}</p>
            <p class="staff-number">{format!("工号 {}", me.staff_number)}</p>
        </header>
    }
    .into_any()
}

#[component]
fn UnsentNote() -> impl IntoView {
    let unsent = Outbox::expect().unsent;
    move || {
        let count = unsent.get();
        (count > 0).then(|| {
            let text = format!("还有 {count} 条学习记录没上传，有网了自动上传，请不要卸载或清空微信。");
            view! { <Banner tone=Tone::Wait shape=Shape::Cloud text/> }
        })
    }
}

fn numbers(achievements: &Achievements) -> AnyView {
    let passed = achievements.results.iter().filter(|result| result.passed).count();
    let number = |count: usize, name: &'static str| {
        view! { <li><strong>{count}</strong><span>{name}</span></li> }
    };
    view! {
        <a class="numbers-link" href=Page::Records.to_string() aria-label="我的成绩和记录">
            <ul class="numbers">
                {number(achievements.courses.len(), "门课学完")}
                {number(passed, "次测验通过")}
                {number(achievements.sessions.len(), "次实训到场")}
            </ul>
        </a>
    }
    .into_any()
}

#[component]
fn Rows() -> impl IntoView {
    let today = Load::<Today>::of(Keep::ShowAtOnce, || ShowToday {});
    let unread = move || {
        let unread = today.get().map_or(0, |today| today.unread_messages);
        (unread > 0).then(|| view! { <Tag tone=Tone::Bad text=format!("{unread} 条未读")/> })
    };
    view! {
        <Cells>
            <Cell to=Page::Records title="成绩和记录" shape=Shape::Medal/>
            <Cell to=Page::Inbox title="消息" value=unread.into_any() shape=Shape::Bell/>
            <Cell to=Page::Sessions title="实训安排" shape=Shape::Clock/>
            <Cell to=Page::Settings title="字号和关怀版" shape=Shape::Letters/>
            <Cell to=Page::Help title="帮助" shape=Shape::Help/>
        </Cells>
    }
}

#[component]
fn SignOutButton() -> impl IntoView {
    let (client, who, outbox) = (Client::expect(), Who::expect(), Outbox::expect());
    let (asking, trouble) = (Overlay::new(), RwSignal::new(None::<Trouble>));
    let leave = Callback::new(move |()| {
        spawn_local(async move {
            match client.call(SignOut {}).await {
                // Without a network the cookie would stay, and with it whoever opens the app next.
                Err(Trouble::Offline) => _ = trouble.try_set(Some(Trouble::Offline)),
                _ => {
                    who.forget();
                    let _ = window().location().replace(&Page::SignIn.to_string());
                }
            }
        });
    });
    let text = move || match outbox.unsent.get() {
        0 => "下次打开要重新登录。学习记录都在。".to_owned(),
        count => format!("还有 {count} 条记录没上传，现在退出可能会丢。最好等有网上传了再退出。"),
    };
    view! {
        {move || trouble.get().map(|trouble| view! { <TroubleNote trouble/> })}
        <button type="button" class="button button-plain leave" on:click=move |_| asking.show()>"退出登录"</button>
        <Dialog overlay=asking title="退出登录吗？" yes="退出登录" no="不退出" on_yes=leave>
            <p>{text}</p>
        </Dialog>
    }
}
