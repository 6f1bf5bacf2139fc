//! 消息.

use leptos::prelude::*;
use shared::{
    notifications::{InboxMessage, ListInbox, NotificationKind, ReadInboxMessage},
    page::Page as ListPage,
    time::moment,
};

use super::Page;
use crate::{
    clock,
    ui::{
        Act, Cell, Keep, Load, Parent, Shape, Tone, cells, empty,
        html::{Html, live, none},
        page_frame, pages, tag,
    },
};

pub fn inbox_page() -> Html {
    let load = Load::of(Keep::ShowAtOnce, ListInbox::default);
    page_frame("消息", Parent::new(Page::Me), load.view(list))
}

fn list(page: ListPage<InboxMessage>) -> Html {
    if page.items.is_empty() {
        let text = "布置了必学课程、实训快开始时，会在这里告诉您。";
        return empty(Shape::Bell, "还没有消息", text);
    }
    cells("", [pages(page, message, |cursor| ListInbox { cursor: Some(cursor) })])
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
        NotificationKind::CourseAssigned => Shape::Book,
        NotificationKind::SessionSoon => Shape::Clock,
        NotificationKind::WechatChanged => Shape::Person,
        NotificationKind::TeamDigest => Shape::People,
    };
    let sent = moment(message.created_at, clock::now());
    Cell::new(shape, &message.link, &message.title)
        .line(&message.body)
        .note(format!("{} · {sent}", message.kind.label()))
        .value(live(move || if unread.get() { tag(Tone::Bad, "未读") } else { none() }))
        .html()
        .press(open)
}
