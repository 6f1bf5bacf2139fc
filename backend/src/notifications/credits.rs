//! The ledger of subscribe-message credits: one acceptance is one message.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use shared::{
    accounts::{PersonId, Role},
    notifications::{NotificationKind, Subscription},
};

use super::entity::subscribe_credit;
use crate::{App, Result, accounts::Caller, config::WeChatConfig, db::Transaction};

/// Acceptances kept at most: WeChat keeps counting, but nobody needs more reminders.
const MOST: i32 = 50;

/// The template of a kind of notification; nothing where none is configured.
pub(super) fn template(config: &WeChatConfig, kind: NotificationKind) -> Option<&str> {
    let template = match kind {
        NotificationKind::CourseAssigned => &config.template_assignment,
        NotificationKind::SessionSoon => &config.template_session,
        // What waits for somebody, and how much of it: the same words fit all of these.
        NotificationKind::TeamDigest
        | NotificationKind::RevisionWaiting
        | NotificationKind::RevisionDecided
        | NotificationKind::StandardChanged
        | NotificationKind::EnquiryAsked => &config.template_digest,
        NotificationKind::WechatChanged | NotificationKind::EnquiryAnswered => return None,
    };
    Some(template.as_str()).filter(|it| !it.is_empty())
}

/// The same, each template once: WeChat asks for a template, whatever is sent with it.
pub(super) async fn list_templates(app: &App, caller: &Caller) -> Result<Vec<Subscription>> {
    let mut list = list(app, caller).await?;
    let mut seen = HashSet::new();
    list.retain(|it| seen.insert(it.template.clone()));
    Ok(list)
}

/// What the caller still allows of the messages that may concern them, kind by kind.
pub(super) async fn list(app: &App, caller: &Caller) -> Result<Vec<Subscription>> {
    let rows = subscribe_credit::Entity::find()
        .filter(subscribe_credit::Column::PersonId.eq(caller.person))
        .all(app.db.read())
        .await?;
    let remaining = |template: &str| {
        rows.iter().find(|row| row.template == template).map_or(0, |row| row.remaining)
    };
    let subscription = |kind: &NotificationKind| {
        let template = template(&app.config.wechat, *kind)?;
        Some(Subscription {
            kind: *kind,
            template: template.into(),
            remaining: remaining(template),
        })
    };
    let kinds = NotificationKind::ALL.iter().filter(|kind| concerns(caller, **kind));
    Ok(kinds.filter_map(subscription).collect())
}

fn concerns(caller: &Caller, kind: NotificationKind) -> bool {
    match kind {
        NotificationKind::TeamDigest => caller.is(Role::TeamLeader),
        NotificationKind::RevisionWaiting
        | NotificationKind::RevisionDecided
        | NotificationKind::StandardChanged => caller.is(Role::TrainingOfficer),
        // Officers hear of what reaches no instructor.
        NotificationKind::EnquiryAsked => {
            caller.is(Role::Instructor) || caller.is(Role::TrainingOfficer)
        }
        NotificationKind::CourseAssigned
        | NotificationKind::SessionSoon
        | NotificationKind::WechatChanged
        | NotificationKind::EnquiryAnswered => true,
    }
}

/// Whether a template is one of ours.
pub(super) fn is_ours(config: &WeChatConfig, template: &str) -> bool {
    NotificationKind::ALL.iter().any(|kind| self::template(config, *kind) == Some(template))
}

/// Holds one line of the ledger for this transaction and answers what it says.
pub(super) async fn hold(
    tx: &Transaction,
    person: PersonId,
    template: &str,
    now: DateTime<Utc>,
) -> Result<i32> {
    let row = subscribe_credit::ActiveModel {
        person_id: Set(person),
        template: Set(template.to_owned()),
        remaining: Set(0),
        updated_at: Set(now),
    };
    let key = [subscribe_credit::Column::PersonId, subscribe_credit::Column::Template];
    let held = subscribe_credit::Entity::insert(row)
        .on_conflict(
            OnConflict::columns(key).update_column(subscribe_credit::Column::UpdatedAt).to_owned(),
        )
        .exec_with_returning(tx)
        .await?;
    Ok(held.remaining)
}

/// What a line that is held says from now on.
pub(super) async fn set(
    tx: &Transaction,
    person: PersonId,
    template: &str,
    remaining: i32,
) -> Result<()> {
    subscribe_credit::Entity::update_many()
        .col_expr(subscribe_credit::Column::Remaining, Expr::value(remaining.clamp(0, MOST)))
        .filter(subscribe_credit::Column::PersonId.eq(person))
        .filter(subscribe_credit::Column::Template.eq(template))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes one credit for a message about to be sent; false if there is none. Whoever takes it writes
/// down in the same transaction that they have it.
pub(super) async fn take(tx: &Transaction, person: PersonId, template: &str) -> Result<bool> {
    change(tx, person, template, -1).await
}

/// Gives a credit back whose message was not sent after all.
pub(super) async fn give_back(tx: &Transaction, person: PersonId, template: &str) -> Result<()> {
    change(tx, person, template, 1).await?;
    Ok(())
}

async fn change(tx: &Transaction, person: PersonId, template: &str, by: i32) -> Result<bool> {
    let changed = subscribe_credit::Entity::update_many()
        .col_expr(
            subscribe_credit::Column::Remaining,
            Expr::col(subscribe_credit::Column::Remaining).add(by),
        )
        .filter(subscribe_credit::Column::PersonId.eq(person))
        .filter(subscribe_credit::Column::Template.eq(template))
        .filter(subscribe_credit::Column::Remaining.gte(-by))
        .exec(tx)
        .await?
        .rows_affected;
    Ok(changed == 1)
}

/// WeChat says the person allows no more, whatever the ledger says.
pub(super) async fn clear(app: &App, person: PersonId, template: String) -> Result<()> {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                subscribe_credit::Entity::update_many()
                    .col_expr(subscribe_credit::Column::Remaining, Expr::value(0))
                    .filter(subscribe_credit::Column::PersonId.eq(person))
                    .filter(subscribe_credit::Column::Template.eq(template))
                    .exec(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
