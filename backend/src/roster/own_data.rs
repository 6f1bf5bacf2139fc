//! What the roster says about one person, for that person: the numbers in full.

use std::collections::HashMap;

use sea_orm::EntityTrait;
use shared::{accounts::PersonId, roster::Confidential};

use super::{entity::team, history, people, planned};
use crate::{
    App, Result, organizations,
    privacy::{Section, row},
};

pub async fn own_data(app: &App, person: PersonId) -> Result<[Section; 3]> {
    let db = app.db.read();
    let told = people::particulars(db, person).await?;
    let teams: HashMap<_, _> =
        team::Entity::find().all(db).await?.into_iter().map(|it| (it.id, it.name)).collect();
    let team = |id| teams.get(&id).cloned().unwrap_or_default();
    let numbers = told.into_iter().map(|told| {
        let number = |what| people::number(&app.keys, what, &told).unwrap_or_default();
        row([
            ("班组", told.team_id.map(team).unwrap_or_default()),
            ("手机号", number(Confidential::Phone)),
            ("身份证号", number(Confidential::IdCard)),
        ])
    });
    let organizations = organizations::organization_names(db).await?;
    let posts = organizations::post_names(db).await?;
    let stays = history::of(db, person).await?.into_iter().map(|it| {
        row([
            ("单位", organizations.get(&it.organization_id).cloned().unwrap_or_default()),
            ("班组", it.team_id.map(team).unwrap_or_default()),
            ("岗位", it.post_id.and_then(|id| posts.get(&id).cloned()).unwrap_or_default()),
            ("从", it.from_on.to_string()),
            ("到", it.to_on.map(|day| day.to_string()).unwrap_or_default()),
        ])
    });
    let planned = planned::of(db, person).await?.into_iter().map(|it| {
        row([
            ("单位", it.organization),
            ("班组", it.team.unwrap_or_default()),
            ("岗位", it.post.unwrap_or_default()),
            ("在岗", if it.active { "是" } else { "否" }.into()),
            ("从", it.from.to_string()),
        ])
    });
    Ok([
        Section::of("花名册里的号码", numbers),
        Section::of("工作经历", stays),
        Section::of("预约的调动", planned),
    ])
}
