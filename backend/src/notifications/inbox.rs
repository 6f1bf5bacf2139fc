//! A person's messages.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use shared::{
    accounts::PersonId,
    notifications::{InboxMessage, InboxMessageId},
    page::Page,
    problem::Code,
};
use uuid::Uuid;

use super::{Push, entity::inbox_message};
use crate::{
    App, Result,
    db::{Connection, Transaction, cursor},
    jobs::{self, Job},
};

/// Messages a page.
const PAGE: usize = 30;

/// Messages looked up at once.
const AT_ONCE: usize = 500;

/// Something to tell one person.
pub(super) struct Message {
    /// The message through WeChat that goes with it.
    pub push: Push,
    pub title: String,
    pub body: String,
    pub link: String,
    pub dedupe_key: String,
}

/// Those of the messages that are not in the inboxes yet.
pub(super) async fn untold(db: &Connection, messages: Vec<Message>) -> Result<Vec<Message>> {
    let keys: Vec<String> = messages.iter().map(|it| it.dedupe_key.clone()).collect();
    let mut told = HashSet::<String>::new();
    for some in keys.chunks(AT_ONCE) {
        let find = inbox_message::Entity::find()
            .select_only()
            .column(inbox_message::Column::DedupeKey)
            .filter(inbox_message::Column::DedupeKey.is_in(some));
        told.extend(find.into_tuple::<String>().all(db).await?);
    }
    Ok(messages.into_iter().filter(|it| !told.contains(&it.dedupe_key)).collect())
}

/// Tells what was not told yet. Where everything was, nothing is written: jobs say the same again and
/// again.
pub(super) async fn tell_untold(
    app: &App,
    messages: Vec<Message>,
    now: DateTime<Utc>,
) -> Result<()> {
    let untold = untold(app.db.read(), messages).await?;
    if untold.is_empty() {
        return Ok(());
    }
    app.db.write(move |tx| Box::pin(async move { tell(tx, untold, now).await })).await
}

/// Puts messages into the inboxes, each exactly once, and a job for each into the queue.
pub(super) async fn tell(
    tx: &Transaction,
    messages: Vec<Message>,
    now: DateTime<Utc>,
) -> Result<()> {
    for message in messages {
        let row = inbox_message::ActiveModel {
            id: Set(InboxMessageId(Uuid::now_v7())),
            person_id: Set(message.push.person),
            kind: Set(message.push.kind),
            title: Set(message.title),
            body: Set(message.body),
            link: Set(message.link),
            dedupe_key: Set(message.dedupe_key.clone()),
            created_at: Set(now),
            read_at: Set(None),
        };
        let told = inbox_message::Entity::insert(row)
            .on_conflict(
                OnConflict::column(inbox_message::Column::DedupeKey).do_nothing().to_owned(),
            )
            .exec_without_returning(tx)
            .await?;
        if told == 1 {
            let key = format!("push:{}", message.dedupe_key);
            jobs::enqueue(tx, &Job::Push(message.push), Some(key), now).await?;
        }
    }
    Ok(())
}

/// The newest first.
pub(super) async fn list(
    db: &Connection,
    person: PersonId,
    cursor: Option<String>,
) -> Result<Page<InboxMessage>> {
    let mut find = inbox_message::Entity::find()
        .filter(inbox_message::Column::PersonId.eq(person))
        .order_by_desc(inbox_message::Column::Id)
        .limit(PAGE as u64 + 1);
    if let Some(cursor) = cursor {
        let before: InboxMessageId = cursor::read(&cursor, cursor::Parts::part)?;
        find = find.filter(inbox_message::Column::Id.lt(before));
    }
    let mut rows = find.all(db).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|it| cursor::write(&[it.id.to_string()]));
    Ok(Page { items: rows.into_iter().map(InboxMessage::from).collect(), next })
}

impl From<inbox_message::Model> for InboxMessage {
    fn from(row: inbox_message::Model) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            title: row.title,
            body: row.body,
            link: row.link,
            created_at: row.created_at,
            read: row.read_at.is_some(),
        }
    }
}

pub(super) async fn mark_read(app: &App, person: PersonId, message: InboxMessageId) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let read_at = Expr::value(clock.now(tx).await?);
                let first = Expr::col(inbox_message::Column::ReadAt).if_null(read_at);
                let found = inbox_message::Entity::update_many()
                    .col_expr(inbox_message::Column::ReadAt, first)
                    .filter(inbox_message::Column::Id.eq(message))
                    .filter(inbox_message::Column::PersonId.eq(person))
                    .exec(tx)
                    .await?
                    .rows_affected;
                if found == 1 { Ok(()) } else { Err(Code::NotFound.into()) }
            })
        })
        .await
}

/// Marks everything up to a message as read: what came after it was not seen.
pub(super) async fn mark_all_read(
    app: &App,
    person: PersonId,
    newest: InboxMessageId,
) -> Result<()> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                inbox_message::Entity::update_many()
                    .col_expr(inbox_message::Column::ReadAt, Expr::value(clock.now(tx).await?))
                    .filter(inbox_message::Column::PersonId.eq(person))
                    .filter(inbox_message::Column::ReadAt.is_null())
                    .filter(inbox_message::Column::Id.lte(newest))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// How many messages a person has not read.
pub async fn unread(db: &Connection, person: PersonId) -> Result<u32> {
    let count = inbox_message::Entity::find()
        .filter(inbox_message::Column::PersonId.eq(person))
        .filter(inbox_message::Column::ReadAt.is_null())
        .count(db)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
