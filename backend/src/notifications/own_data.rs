//! What somebody was told and chose to be told, for that person.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::accounts::PersonId;

use super::entity::{inbox_message, notification_setting, subscribe_choice, subscribe_credit};
use crate::{
    Result,
    db::Connection,
    privacy::{Section, row, when, yes},
};

pub async fn own_data(db: &Connection, person: PersonId) -> Result<[Section; 4]> {
    let messages = inbox_message::Entity::find()
        .filter(inbox_message::Column::PersonId.eq(person))
        .order_by_desc(inbox_message::Column::CreatedAt)
        .all(db)
        .await?;
    let messages = messages.into_iter().map(|it| {
        row([
            ("标题", it.title),
            ("内容", it.body),
            ("收到", when(it.created_at)),
            ("读过", when(it.read_at)),
        ])
    });
    let find = notification_setting::Entity::find();
    let settings = find.filter(notification_setting::Column::PersonId.eq(person)).all(db).await?;
    let settings = settings.into_iter().map(|it| {
        row([
            ("消息", it.kind.label().into()),
            ("发微信", yes(it.by_wechat)),
            ("改动时间", when(it.changed_at)),
        ])
    });
    let find = subscribe_credit::Entity::find();
    let credits = find.filter(subscribe_credit::Column::PersonId.eq(person)).all(db).await?;
    let credits = credits.into_iter().map(|it| {
        row([
            ("消息模板", it.template),
            ("还能发几条", it.remaining.to_string()),
            ("改动时间", when(it.updated_at)),
        ])
    });
    let find = subscribe_choice::Entity::find();
    let choices = find.filter(subscribe_choice::Column::PersonId.eq(person)).all(db).await?;
    let choices =
        choices.into_iter().map(|it| row([("消息模板", it.template), ("时间", when(it.at))]));
    Ok([
        Section::of("站内消息", messages),
        Section::of("消息设置", settings),
        Section::of("微信提醒次数", credits),
        Section::of("微信提醒的选择", choices),
    ])
}
