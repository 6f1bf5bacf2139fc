//! 登录的设备.

use shared::{
    accounts::{EndSignIn, ListSignIns, SignInCard},
    time::moment,
};

use super::Page;
use crate::{
    clock,
    ui::{
        Act, Keep, Load, Parent, Toast, Tone, button, cells,
        html::{Html, div, many, p, span},
        page_frame, tag,
    },
};

pub fn devices_page() -> Html {
    let (load, act) = (Load::of(Keep::No, || ListSignIns {}), Act::new());
    let list = load.view(move |devices: Vec<SignInCard>| {
        cells("", devices.iter().map(|it| row(it, load, act)))
    });
    let text = "不认识的设备，或者手机丢了，点“退出此设备”，几秒内就退出。";
    page_frame("登录的设备", Parent::new(Page::Me), many([p("hint").text(text), act.note(), list]))
}

fn row(device: &SignInCard, load: Load<Vec<SignInCard>>, act: Act) -> Html {
    let (sign_in, toast) = (device.id, Toast::expect());
    let moment = |at| moment(at, clock::now());
    let note = |text: String| span("cell-note").text(text);
    let main = span("cell-main")
        .with(span("cell-title").text(device.kind.label()))
        .with(note(format!("{} 登录", moment(device.created_at))))
        .with(note(format!("上次使用 {}", moment(device.last_used_at))));
    let end = move || {
        act.call(&EndSignIn { sign_in }, move |()| {
            toast.say("退出好了");
            load.reload();
        });
    };
    let value = if device.current {
        tag(Tone::Good, "这台设备")
    } else {
        button("button button-small button-plain", "退出此设备", end)
    };
    div("cell").with(main).with(value)
}
