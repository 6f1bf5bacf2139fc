//! How much somebody, and their organisation, may keep here.

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
    sea_query::{Expr, Func},
};
use shared::{
    accounts::PersonId,
    api::Officer,
    media::{ShowUploadSpace, UploadSpace, UploadState},
    organizations::OrganizationId,
    problem::{Code, Problem},
};

use crate::{
    Result,
    config::MediaConfig,
    db::{Connection, Transaction},
    http::Ctx,
    media::{
        entity::{media, upload},
        programs,
    },
};

/// Uploads that one person may have begun and not ended.
const MOST_OPEN: u64 = 20;

#[derive(Debug, Clone, Copy)]
pub(in crate::media) struct Limits {
    person: u64,
    organization: u64,
}

impl Limits {
    pub fn of(config: &MediaConfig) -> Self {
        Self { person: config.person_quota(), organization: config.organization_quota() }
    }
}

pub async fn show_space(ctx: Ctx<Officer>, _: ShowUploadSpace) -> Result<UploadSpace> {
    let (db, config) = (ctx.app.db.read(), &ctx.app.config.media);
    let limits = Limits::of(config);
    Ok(UploadSpace {
        person_used: used_by(db, ctx.caller.person).await?,
        person_limit: limits.person,
        organization_used: used_in(db, ctx.caller.organization).await?,
        organization_limit: limits.organization,
        converts_videos: programs::find(&config.ffmpeg).is_some(),
        converts_office_files: programs::find(&config.libreoffice).is_some(),
    })
}

/// Those who begin uploads take turns, so that two cannot share the last room.
pub(in crate::media) async fn lock(tx: &Transaction) -> Result<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SELECT pg_advisory_xact_lock(4713)").await?;
    }
    Ok(())
}

/// Whether there is room for so many bytes more; certain only to whoever holds the lock.
///
/// # Errors
/// `quota_reached`, saying whose.
pub(in crate::media) async fn make_room(
    db: &Connection,
    person: PersonId,
    organization: OrganizationId,
    limits: Limits,
    length: u64,
) -> Result<()> {
    let full = |detail: &str| Err(Problem::from(Code::QuotaReached).detail(detail).into());
    let open = open().filter(upload::Column::CreatedBy.eq(person)).count(db).await?;
    if open >= MOST_OPEN {
        return full("您有太多没传完的文件，请先传完或取消几个");
    }
    if used_by(db, person).await? + length > limits.person {
        return full("您个人的空间放不下这个文件");
    }
    if used_in(db, organization).await? + length > limits.organization {
        return full("本单位的空间放不下这个文件");
    }
    Ok(())
}

/// Uploads that will become files.
fn open() -> sea_orm::Select<upload::Entity> {
    let alive = [UploadState::Receiving, UploadState::Checking];
    upload::Entity::find().filter(upload::Column::State.is_in(alive))
}

async fn used_by(db: &Connection, person: PersonId) -> Result<u64> {
    let kept = media::Entity::find().filter(media::Column::CreatedBy.eq(person));
    let coming = open().filter(upload::Column::CreatedBy.eq(person));
    Ok(sum(db, kept, media::Column::Bytes).await? + sum(db, coming, upload::Column::Length).await?)
}

async fn used_in(db: &Connection, organization: OrganizationId) -> Result<u64> {
    let kept = media::Entity::find().filter(media::Column::OrganizationId.eq(organization));
    let coming = open().filter(upload::Column::OrganizationId.eq(organization));
    Ok(sum(db, kept, media::Column::Bytes).await? + sum(db, coming, upload::Column::Length).await?)
}

async fn sum<E: EntityTrait>(
    db: &Connection,
    of: sea_orm::Select<E>,
    bytes: E::Column,
) -> Result<u64> {
    // PostgreSQL sums whole numbers up to a decimal.
    let sum = Func::coalesce([bytes.sum(), Expr::value(0)]);
    let sum = Expr::expr(sum).cast_as("bigint");
    let found: Option<i64> = of.select_only().expr_as(sum, "bytes").into_tuple().one(db).await?;
    Ok(found.and_then(|it| u64::try_from(it).ok()).unwrap_or_default())
}
