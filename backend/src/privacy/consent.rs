//! Who agreed to what, and since when.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::PersonId,
    privacy::PrivacyConsent,
    problem::{Code, Problem},
};
use uuid::Uuid;

use super::entity::consent::{self, Column};
use crate::{
    App, Result,
    audit::{self, Actor, Event},
    db::{Connection, Transaction},
    notifications,
};

/// The version of `templates/privacy.html`: a new one asks everybody again.
pub const VERSION: &str = "1.1";

/// When that version came out.
pub const PUBLISHED_ON: NaiveDate =
    NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day of the calendar");

/// What stands of a person's consent to the version in force.
pub async fn show(db: &Connection, person: PersonId) -> Result<PrivacyConsent> {
    let given = consent::Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Version.eq(VERSION))
        .filter(Column::WithdrawnAt.is_null())
        .one(db)
        .await?;
    Ok(PrivacyConsent {
        version: VERSION.into(),
        published_on: PUBLISHED_ON,
        agreed_at: given.map(|it| it.agreed_at),
    })
}

/// Writes down that somebody agreed to what they read.
///
/// # Errors
/// `invalid_request` where that is not the version in force.
pub async fn give(
    app: &App,
    actor: Actor,
    person: PersonId,
    version: &str,
) -> Result<PrivacyConsent> {
    if version != VERSION {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("version", "隐私说明刚更新过，请看过新的再同意").into());
    }
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                if insert(tx, person, now).await? {
                    audit::record(tx, &actor.did(Event::PrivacyAgreed, person), now).await?;
                }
                show(tx, person).await
            })
        })
        .await
}

/// False if it stands there already.
async fn insert(tx: &Transaction, person: PersonId, now: DateTime<Utc>) -> Result<bool> {
    let row = consent::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(Some(person)),
        version: Set(VERSION.into()),
        agreed_at: Set(now),
        withdrawn_at: Set(None),
    };
    let inserted = consent::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(inserted == 1)
}

/// Withdraws what was given, whatever version it was of; WeChat reminds of nothing any more.
pub async fn withdraw(app: &App, actor: Actor, person: PersonId) -> Result<PrivacyConsent> {
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let withdrawn = consent::Entity::update_many()
                    .col_expr(Column::WithdrawnAt, Expr::value(now))
                    .filter(Column::PersonId.eq(person))
                    .filter(Column::WithdrawnAt.is_null())
                    .exec(tx)
                    .await?
                    .rows_affected;
                if withdrawn > 0 {
                    notifications::switch_all_off(tx, person, now).await?;
                    audit::record(tx, &actor.did(Event::PrivacyWithdrawn, person), now).await?;
                }
                show(tx, person).await
            })
        })
        .await
}

/// Everything a person ever agreed to, the latest first.
pub async fn of(db: &Connection, person: PersonId) -> Result<Vec<consent::Model>> {
    let find = consent::Entity::find().filter(Column::PersonId.eq(person));
    Ok(find.order_by_desc(Column::AgreedAt).all(db).await?)
}

/// Keeps that somebody agreed, and no longer who.
pub async fn unlink(tx: &Transaction, person: PersonId) -> Result<()> {
    consent::Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(Option::<Uuid>::None))
        .filter(Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    Ok(())
}
