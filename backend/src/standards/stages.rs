//! The stages of a version, changed by an officer or by the day.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};
use shared::{
    problem::{Code, Problem},
    standards::{StandardVersionId, VersionStage},
};

use super::{
    confirming,
    entity::version,
    moving, standing,
    tasks::{self, Task},
};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::Transaction,
};

/// Whether an officer may take a confirmed version from one stage to another.
const fn may_become(from: VersionStage, to: VersionStage) -> bool {
    use VersionStage::{Consultation, Current, UnderRevision, Upcoming, Withdrawn};
    matches!(
        (from, to),
        (Consultation, Upcoming | Current | Withdrawn)
            | (Upcoming | UnderRevision, Current | Withdrawn)
            | (Current, UnderRevision | Withdrawn)
            | (Withdrawn, Current)
    )
}

/// # Errors
/// `version_unready` where it is not confirmed or cannot become that.
pub async fn set(
    tx: &Transaction,
    id: StandardVersionId,
    stage: VersionStage,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = standing::lock(tx, id).await?;
    if row.confirmed_at.is_none() || !may_become(row.stage, stage) {
        let detail = format!("“{}”不能改成“{}”", row.stage.label(), stage.label());
        return Err(Problem::from(Code::VersionUnready).detail(detail).into());
    }
    if row.stage == VersionStage::Withdrawn {
        return restore(tx, row, now).await;
    }
    confirming::check(&row, stage, now)?;
    change(tx, &row, stage, now).await
}

/// Takes a withdrawal back, where nothing has taken the version's place since.
async fn restore(tx: &Transaction, row: version::Model, now: DateTime<Utc>) -> Result<()> {
    let others = version::Entity::find()
        .filter(version::Column::StandardId.eq(row.standard_id))
        .filter(version::Column::Stage.is_in(standing::IN_FORCE))
        .filter(version::Column::ConfirmedAt.is_not_null())
        .count(tx)
        .await?;
    if others > 0 {
        let detail = "这个标准已经有现行的版本，旧的不能再恢复";
        return Err(Problem::from(Code::VersionUnready).detail(detail).into());
    }
    let row = version::Model { withdrawn_on: None, ..row };
    confirming::check(&row, VersionStage::Current, now)?;
    let restored = version::ActiveModel {
        id: Unchanged(row.id),
        stage: Set(VersionStage::Current),
        withdrawn_on: Set(None),
        ..Default::default()
    };
    restored.update(tx).await?;
    tasks::enqueue(tx, Task::Index(row.id), now).await?;
    moving::restored(tx, row.id, now).await
}

async fn change(
    tx: &Transaction,
    row: &version::Model,
    stage: VersionStage,
    now: DateTime<Utc>,
) -> Result<()> {
    let today = shared::time::local_date(now);
    let withdrawn_on = if stage == VersionStage::Withdrawn {
        row.withdrawn_on.or(Some(today))
    } else {
        row.withdrawn_on
    };
    let changed = version::ActiveModel {
        stage: Set(stage),
        withdrawn_on: Set(withdrawn_on),
        ..Default::default()
    };
    version::Entity::update_many()
        .set(changed)
        .filter(version::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    tasks::enqueue(tx, Task::Index(row.id), now).await?;
    moving::entered(tx, row.id, now).await
}

/// Brings into force what is to be in force today, and withdraws what ends today.
pub async fn keep_to_dates(app: &App) -> Result<()> {
    let now = app.clock.now(app.db.read()).await?;
    let today = shared::time::local_date(now);
    let due = Condition::any()
        .add(
            Condition::all()
                .add(version::Column::Stage.eq(VersionStage::Upcoming))
                .add(version::Column::EffectiveOn.lte(today)),
        )
        .add(
            Condition::all()
                .add(version::Column::Stage.is_in(standing::IN_FORCE))
                .add(version::Column::WithdrawnOn.lte(today)),
        );
    let find = version::Entity::find()
        .filter(version::Column::ConfirmedAt.is_not_null())
        // What is to be in force last stays so.
        .order_by_asc(version::Column::EffectiveOn)
        .order_by_asc(version::Column::ConfirmedAt);
    for row in find.filter(due).all(app.db.read()).await? {
        let clock = app.clock.clone();
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    let now = clock.now(tx).await?;
                    let locked = standing::lock(tx, row.id).await?;
                    // Another server was faster.
                    if locked.stage != row.stage {
                        return Ok(());
                    }
                    let next = match locked.stage {
                        VersionStage::Upcoming => VersionStage::Current,
                        _ => VersionStage::Withdrawn,
                    };
                    change(tx, &locked, next, now).await?;
                    let act = Actor::SYSTEM.did(Event::StandardStaged, row.id).with("after", next);
                    audit::record(tx, &act, now).await
                })
            })
            .await?;
    }
    Ok(())
}
