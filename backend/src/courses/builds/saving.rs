//! A course's stage, its owner, and what is to be learnt before it.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use shared::{builds::SaveBuild, courses::CourseId};

use super::{ladder, shown};
use crate::{
    Error, Result,
    accounts::{Reach, people},
    courses::{
        entity::course_build::{Column, Entity, Model},
        fields::Fields,
        managed,
    },
    db::Transaction,
};

const MOST: usize = 10;

/// # Errors
/// `invalid_request` naming every field that cannot stay.
pub(super) async fn save(
    tx: &Transaction,
    mut request: SaveBuild,
    reach: &Reach,
    now: DateTime<Utc>,
) -> Result<Model> {
    let locked = managed::lock(tx, request.course).await?;
    let course = locked.id;
    ladder::lock(tx).await?;
    let before = Entity::find_by_id(course).one(tx).await?;
    let mut named = HashSet::new();
    request.prerequisites.retain(|it| named.insert(*it));
    check(tx, &request, before.as_ref(), reach).await?;
    let said = request.stage.or(before.map(|it| it.stage));
    let row = Model {
        course_id: course,
        stage: said.unwrap_or_else(|| shown::unsaid(locked.lessons)),
        owner_id: request.owner,
        updated_at: now,
    };
    let anew = OnConflict::column(Column::CourseId)
        .update_columns([Column::Stage, Column::OwnerId, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row.clone().into_active_model())
        .on_conflict(anew)
        .exec_without_returning(tx)
        .await?;
    ladder::put(tx, course, request.prerequisites).await?;
    Ok(row)
}

/// What was chosen earlier may stay, whether or not it is in reach today.
async fn check(
    tx: &Transaction,
    request: &SaveBuild,
    before: Option<&Model>,
    reach: &Reach,
) -> Result<()> {
    let mut fields = Fields::default();
    if request.stage.is_some_and(|it| !it.is_set_by_hand()) {
        fields.refuse("stage", "评审以后的阶段跟着版本走，不用在这里选");
    }
    if let Some(owner) = request.owner
        && before.is_none_or(|it| it.owner_id != Some(owner))
        && !found(people::in_reach(tx, reach, owner).await)?
    {
        fields.refuse("owner", "没有找到这位负责人");
    }
    fields.at_most("prerequisites", request.prerequisites.len(), MOST);
    let known = ladder::needs(tx, None).await?;
    let kept = |it: &CourseId| known.get(&request.course).is_some_and(|all| all.contains(it));
    let new = request.prerequisites.iter().filter(|it| !kept(it)).take(MOST);
    for needs in new {
        if !found(managed::find_readable(tx, reach, *needs).await)? {
            fields.refuse("prerequisites", "有的课程已经不在了，请刷新后重新选择");
        }
    }
    if ladder::leads_back(&known, request.course, &request.prerequisites) {
        fields.refuse("prerequisites", "先学的课程绕一圈又回到了这门课，请去掉其中一门");
    }
    fields.done()
}

/// Whether something was found; what broke stays broken.
fn found<T>(looked: Result<T>) -> Result<bool> {
    match looked {
        Ok(_) => Ok(true),
        Err(Error::Refused(_)) => Ok(false),
        Err(broken) => Err(broken),
    }
}
