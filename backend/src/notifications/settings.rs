//! What a person wants to hear of through WeChat. The inbox gets every message whatever is chosen
//! here.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict,
};
use shared::{
    accounts::PersonId,
    notifications::{
        ChangeNotificationSetting, NotificationKind, NotificationSetting, NotificationSettings,
        QuietTime,
    },
    problem::{Code, Problem},
};

use super::{
    credits,
    entity::notification_setting::{self, Column},
};
use crate::{
    App, Result,
    accounts::Caller,
    db::{Connection, Transaction},
};

/// The caller's choices, of what WeChat can send them at all.
pub(super) async fn show(app: &App, caller: &Caller) -> Result<NotificationSettings> {
    let chosen = notification_setting::Entity::find()
        .filter(Column::PersonId.eq(caller.person))
        .all(app.db.read())
        .await?;
    let setting = |allowed: shared::notifications::Subscription| NotificationSetting {
        kind: allowed.kind,
        by_wechat: chosen.iter().find(|it| it.kind == allowed.kind).is_none_or(|it| it.by_wechat),
        remaining: allowed.remaining,
    };
    let kinds = credits::list(app, caller).await?.into_iter().map(setting).collect();
    let quiet = app.config.quiet_hours.in_words();
    Ok(NotificationSettings { kinds, quiet: quiet.map(|(from, to)| QuietTime { from, to }) })
}

pub(super) async fn change(
    app: &App,
    person: PersonId,
    request: ChangeNotificationSetting,
) -> Result<()> {
    if credits::template(&app.config.wechat, request.kind).is_none() {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("kind", "这种消息只在站内，不发微信").into());
    }
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                set(tx, person, request.kind, request.by_wechat, now).await
            })
        })
        .await
}

/// Switches everything off, as somebody who takes their consent back wants it.
pub async fn switch_all_off(tx: &Transaction, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    for kind in NotificationKind::ALL {
        set(tx, person, *kind, false, now).await?;
    }
    Ok(())
}

async fn set(
    tx: &Transaction,
    person: PersonId,
    kind: NotificationKind,
    by_wechat: bool,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = notification_setting::ActiveModel {
        person_id: Set(person),
        kind: Set(kind),
        by_wechat: Set(by_wechat),
        changed_at: Set(now),
    };
    let mut again = OnConflict::columns([Column::PersonId, Column::Kind]);
    again.update_columns([Column::ByWechat, Column::ChangedAt]);
    notification_setting::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Whether a person does not want messages of a kind from WeChat.
pub(super) async fn switched_off(
    db: &Connection,
    person: PersonId,
    kind: NotificationKind,
) -> Result<bool> {
    let off = notification_setting::Entity::find_by_id((person, kind))
        .filter(Column::ByWechat.eq(false))
        .count(db)
        .await?;
    Ok(off > 0)
}
