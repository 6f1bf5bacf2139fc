//! 消息.

use leptos::prelude::*;
use shared::{
    notifications::{InboxMessage, ListInbox, NotificationKind, ReadInboxMessage, ReadWholeInbox},
    page::Page as ListPage,
    time::moment,
};

use super::Page;
use crate::{
    clock,
    ui::{
        Act, Cell, Keep, Load, Parent, Shape, Toast, Tone, busy_button, cells, empty,
        html::{Html, live, many, none},
        page_frame, pages, tag,
    },
};

pub fn inbox_page() -> Html {
    let (load, act) = (Load::of(Keep::ShowAtOnce, ListInbox::default), Act::new());
    let list = load.view(move |page| list(page, load, act));
    page_frame("消息", Parent::new(Page::Me), many([act.note(), list]))
}

type Messages = ListPage<InboxMessage>;

fn list(page: Messages, load: Load<Messages>, act: Act) -> Html {
    if page.items.is_empty() {
        let text = "布置了必学课程、实训快开始时，会在这里告诉您。";
        return empty(Shape::Bell, "还没有消息", text);
    }
    let unread = page.next.is_some() || page.items.iter().any(|it| !it.read);
    let (newest, toast) = (page.items[0].id, Toast::expect());
    let read_all = move || {
        act.call(&ReadWholeInbox { newest }, move |()| {
            toast.say("都标为已读了");
            load.reload();
        });
    };
    let read_all =
        || busy_button("button button-plain", "全部已读", "正在标记…", act.busy, read_all);
    let rows = pages(page, message, |cursor| ListInbox { cursor: Some(cursor) });
    none().maybe(unread.then(read_all)).with(cells("", [rows]))
}

fn message(message: &InboxMessage) -> Html {
    let (act, id) = (Act::new(), message.id);
    let unread = RwSignal::new(!message.read);
    // Where this fails the message stays unread, and is marked the next time.
    let open = move || {
        if unread.get_untracked() {
            unread.set(false);
            act.call(&ReadInboxMessage { message: id }, |()| ());
        }
    };
    let shape = match message.kind {
        NotificationKind::SessionSoon => Shape::Clock,
        NotificationKind::WechatChanged => Shape::Person,
        NotificationKind::TeamDigest => Shape::People,
        NotificationKind::EnquiryAnswered | NotificationKind::EnquiryAsked => Shape::Help,
        // What concerns a course or what it cites.
        _ => Shape::Book,
    };
    let sent = moment(message.created_at, clock::now());
    Cell::new(shape, &message.link, &message.title)
        .line(&message.body)
        .note(format!("{} · {sent}", message.kind.label()))
        .value(live(move || if unread.get() { tag(Tone::Bad, "未读") } else { none() }))
        .html()
        .press(open)
}
