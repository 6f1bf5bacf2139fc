//! 消息.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    notifications::{InboxMessage, ListInbox, NotificationKind, ReadInboxMessage},
    page::Page as ListPage,
    time::moment,
};

use super::Page;
use crate::{
    client::Client,
    clock,
    ui::{Cells, Empty, Icon, Keep, Load, Loaded, PageFrame, Shape, Tag, Tone, pages},
};

#[component]
pub fn InboxPage() -> impl IntoView {
    let load = Load::of(Keep::ShowAtOnce, ListInbox::default);
    view! {
        <PageFrame title="消息" parent=Page::Me.to_string()>
            <Loaded load children=list/>
        </PageFrame>
    }
}

fn list(page: ListPage<InboxMessage>) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <Empty shape=Shape::Bell title="还没有消息" text="布置了必学课程、实训快开始时，会在这里告诉您。"/>
        }
        .into_any();
    }
    let rows = pages(page, message, |cursor| ListInbox { cursor: Some(cursor) });
    view! { <Cells>{rows}</Cells> }.into_any()
}

fn message(message: InboxMessage) -> AnyView {
    let client = Client::expect();
    let InboxMessage { id, kind, title, body, link, created_at, read } = message;
    let unread = RwSignal::new(!read);
    let open = move |_| {
        if unread.get_untracked() {
            unread.set(false);
            // The message stays unread where this fails, and is marked the next time.
            spawn_local(async move {
                let _ = client.call(ReadInboxMessage { message: id }).await;
            });
        }
    };
    let shape = match kind {
        NotificationKind::CourseAssigned => Shape::Book,
        NotificationKind::SessionSoon => Shape::Clock,
    };
    view! {
        <a class="cell" href=link on:click=open>
            <Icon shape/>
            <span class="cell-main">
                <span class="cell-title">{title}</span>
                <span class="cell-text">{body}</span>
                <span class="cell-note">{format!("{} · {}", kind.label(), moment(created_at, clock::now()))}</span>
            </span>
            {move || unread.get().then(|| view! { <Tag tone=Tone::Bad text="未读"/> })}
            <Icon shape=Shape::Forward/>
        </a>
    }
    .into_any()
}
