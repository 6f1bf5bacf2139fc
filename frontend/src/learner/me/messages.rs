//! 消息设置: what comes from WeChat too.

use leptos::prelude::*;
use shared::notifications::{
    ChangeNotificationSetting, NotificationSetting, NotificationSettings, ShowNotificationSettings,
};

use super::{Page, settings::choice};
use crate::ui::{
    Act, Keep, Load, Parent,
    html::{Html, field_of, fieldset, input, legend, many, p},
    page_frame,
};

pub fn messages_page() -> Html {
    let (load, act) = (Load::of(Keep::No, || ShowNotificationSettings {}), Act::new());
    let text = "每条消息都在“我的 → 消息”里，一条不少。这里选哪些另外发到微信。";
    let content = load.view(move |settings| show(settings, act));
    page_frame("消息设置", Parent::new(Page::Me), many([p("hint").text(text), act.note(), content]))
}

fn show(settings: NotificationSettings, act: Act) -> Html {
    let NotificationSettings { kinds, quiet } = settings;
    if kinds.is_empty() {
        return p("hint").text("微信提醒还没有开通，消息都在这里看。");
    }
    let choices = kinds.into_iter().map(|it| switch(&it, act));
    let quiet = quiet.map(|it| {
        let text = format!("{} 到 {} 不打扰您，马上要开始的实训除外。", it.from, it.to);
        p("hint").text(text)
    });
    many([fieldset("choices").with(legend("").text("发到微信")).all(choices)]).maybe(quiet)
}

/// It changes once the server has taken it.
fn switch(setting: &NotificationSetting, act: Act) -> Html {
    let (kind, on) = (setting.kind, RwSignal::new(setting.by_wechat));
    let change = move |event| {
        let field = field_of(&event);
        let by_wechat = field.checked();
        field.set_checked(on.get_untracked());
        act.call(&ChangeNotificationSetting { kind, by_wechat }, move |_| on.set(by_wechat));
    };
    let words = match setting.remaining {
        0 => format!("{}（您还没有允许微信提醒）", kind.label()),
        times => format!("{}（您还允许提醒 {times} 次）", kind.label()),
    };
    let control = input("").attr("type", "checkbox").on("change", change);
    choice(control, move || on.get(), &words)
}
