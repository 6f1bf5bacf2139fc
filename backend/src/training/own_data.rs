//! What somebody enrolled in and attended, for that person.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::accounts::PersonId;

use super::entity::{check_in, enrollment, session};
use crate::{
    Result,
    db::Connection,
    privacy::{Section, row, when},
};

pub async fn own_data(db: &Connection, person: PersonId) -> Result<[Section; 2]> {
    let find = enrollment::Entity::find();
    let enrolled = find.filter(enrollment::Column::PersonId.eq(person)).all(db).await?;
    let find = check_in::Entity::find();
    let attended = find.filter(check_in::Column::PersonId.eq(person)).all(db).await?;
    let ids = enrolled.iter().map(|it| it.session_id);
    let ids = ids.chain(attended.iter().map(|it| it.session_id));
    let sessions = session::Entity::find().filter(session::Column::Id.is_in(ids)).all(db).await?;
    let sessions: HashMap<_, _> = sessions.into_iter().map(|it| (it.id, it)).collect();
    let told = |id| {
        let session: Option<&session::Model> = sessions.get(&id);
        let title = session.map(|it| it.title.clone()).unwrap_or_default();
        let place = session.map(|it| it.place.clone()).unwrap_or_default();
        (title, place, when(session.map(|it| it.starts_at)))
    };
    let enrolled = enrolled.into_iter().map(|it| {
        let (title, place, starts_at) = told(it.session_id);
        let at = when(it.enrolled_at);
        row([("场次", title), ("地点", place), ("开始", starts_at), ("报名时间", at)])
    });
    let attended = attended.into_iter().map(|it| {
        let (title, place, starts_at) = told(it.session_id);
        row([
            ("场次", title),
            ("地点", place),
            ("开始", starts_at),
            ("签到时间", when(it.checked_in_at)),
            ("方式", it.method.label().into()),
            ("补签原因", it.reason.unwrap_or_default()),
        ])
    });
    Ok([Section::of("实训报名", enrolled), Section::of("实训签到", attended)])
}
