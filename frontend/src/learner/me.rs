//! 我的: what belongs to the person.

mod devices;
mod downloads;
mod help;
mod inbox;
mod messages;
mod records;
mod settings;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    accounts::{Me, SignOut},
    learning::{Achievements, ShowAchievements, ShowToday},
};

pub use self::{
    devices::devices_page, downloads::downloads_page, help::help_page, inbox::inbox_page,
    messages::messages_page, records::records_page, settings::settings_page,
};
use super::{Outbox, Page, Who};
use crate::{
    client::{Client, Trouble},
    ui::{
        Cell, Dialog, Keep, Load, Overlay, Shape, Tone, banner, button, cells,
        html::{Html, a, h1, header, li, live, many, none, p, span, strong, ul},
        name_page, tag, trouble_note,
    },
};

pub fn me_page() -> Html {
    name_page("我的");
    let who = Who::expect();
    let achievements = Load::of(Keep::ShowAtOnce, || ShowAchievements {});
    many([
        live(move || who.me.with(|me| me.as_ref().map_or_else(none, head))),
        unsent_note(),
        live(move || numbers(achievements.get().as_ref())),
        rows(),
        sign_out(),
    ])
}

fn head(me: &Me) -> Html {
    let place = p("");
    let place = match &me.post {
        Some(post) => place.text(&post.name).text(" · "),
        None => place,
    };
    header("greeting")
        .with(h1("").text(&me.name))
        .with(place.text(&me.organization.name))
        .with(p("").text("工号 ").text(&me.staff_number))
}

fn unsent_note() -> Html {
    let unsent = Outbox::expect().unsent;
    live(move || {
        let count = unsent.get();
        if count == 0 {
            return none();
        }
        let text = format!("还有 {count} 条学习记录没上传，有网了自动上传，请不要卸载或清空微信。");
        banner(Tone::Wait, Shape::Cloud, &text)
    })
}

/// As high before they are known: what stands below must not move from under a finger.
fn numbers(known: Option<&Achievements>) -> Html {
    let number = |count: fn(&Achievements) -> usize, name: &str| {
        let count = known.map_or_else(|| "–".to_owned(), |it| count(it).to_string());
        li("").with(strong("").text(count)).with(span("").text(name))
    };
    let passed = |it: &Achievements| it.results.iter().filter(|result| result.passed).count();
    let numbers = ul("numbers")
        .with(number(|it| it.courses.len(), "门课学完"))
        .with(number(passed, "次测验通过"))
        .with(number(|it| it.sessions.len(), "次实训到场"));
    a("numbers-link").attr("href", Page::Records.to_string()).with(numbers)
}

fn rows() -> Html {
    let today = Load::of(Keep::ShowAtOnce, || ShowToday {});
    let unread = Memo::new(move |_| today.get().map_or(0, |today| today.unread_messages));
    let unread = live(move || match unread.get() {
        0 => none(),
        unread => tag(Tone::Bad, &format!("{unread} 条未读")),
    });
    let rows = [
        Cell::new(Shape::Medal, Page::Records, "成绩和记录"),
        Cell::new(Shape::Book, "/study", "收藏、笔记和提问"),
        Cell::new(Shape::Cloud, Page::Downloads, "下载的课程"),
        Cell::new(Shape::Bell, Page::Inbox, "消息").value(unread),
        Cell::new(Shape::Clock, Page::Sessions, "实训安排"),
        Cell::new(Shape::Leave, Page::Devices, "登录的设备"),
        Cell::new(Shape::Person, "/enter/own-password", "电脑登录密码"),
        Cell::new(Shape::Bell, Page::Messages, "消息设置"),
        Cell::new(Shape::Letters, Page::Settings, "字号和关怀版"),
        Cell::new(Shape::Page, "/privacy", "隐私说明"),
        Cell::new(Shape::Help, Page::Help, "帮助"),
    ];
    cells("", rows.map(Cell::html).into_iter().chain([confirmation()]))
}

/// For those who sign in to the console: where they say that it is them, if they cannot scan.
fn confirmation() -> Html {
    let who = Who::expect();
    live(move || {
        if who.works_in_console() {
            Cell::new(Shape::Tick, "/enter/confirmation", "确认电脑登录").html()
        } else {
            none()
        }
    })
}

fn sign_out() -> Html {
    let (client, who, unsent) = (Client::expect(), Who::expect(), Outbox::expect().unsent);
    let (asking, trouble) = (Overlay::new(), RwSignal::new(None::<Trouble>));
    let leave = move || {
        spawn_local(async move {
            if let Err(failed) = client.call(SignOut {}).await
                && !failed.is_signed_out()
            {
                // The cookie would stay, and with it whoever opens the app next.
                trouble.try_set(Some(failed));
                return;
            }
            who.forget();
            let _ = window().location().replace(&Page::SignIn.to_string());
        });
    };
    let text = move || match unsent.get() {
        0 => "下次打开要重新登录。学习记录都在。".to_owned(),
        count => format!("还有 {count} 条记录没上传。您下次在这台手机上登录，会接着上传。"),
    };
    let dialog = Dialog { title: "退出登录吗？", yes: "退出登录", no: "不退出" };
    many([
        live(move || trouble.with(|it| it.as_ref().map_or_else(none, trouble_note))),
        button("button button-plain leave", "退出登录", move || asking.show()),
        dialog.html(asking, text, leave),
    ])
}
