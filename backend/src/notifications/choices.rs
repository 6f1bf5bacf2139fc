//! What people choose in WeChat's window, as the mini-program reports it and as WeChat tells.
//!
//! Each acceptance is one more message and is heard of twice, in either order: from the mini-program
//! at once, and from WeChat, where its callback is set up. The two are paired, so that it counts
//! once, and where one of them never comes it counts all the same. What WeChat tells may come late,
//! out of order and more than once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use shared::{
    accounts::PersonId,
    problem::{Code, Problem},
};

use super::{
    credits,
    entity::{subscribe_choice, subscribe_choice::What},
};
use crate::{
    App, Result,
    accounts::people,
    db::Transaction,
    jobs::Outcome,
    wechat::{SubscribeChange, SubscribeEvents, WeChatIdentity},
};

/// Between the mini-program's report of a choice and WeChat's own clock at most.
const SAME: TimeDelta = TimeDelta::minutes(10);
/// How long it can still matter what somebody chose when.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// WeChat's word for a person who allows no more.
const NO_CREDIT: &str = "43101";

/// The mini-program says: one more, or none any more.
pub(super) async fn report(
    app: &App,
    person: PersonId,
    template: String,
    accepted: bool,
) -> Result<()> {
    if !credits::is_ours(&app.config.wechat, &template) {
        let problem = Problem::from(Code::InvalidRequest);
        return Err(problem.field("template", "没有这个消息模板，请更新小程序后再试").into());
    }
    let clock = app.clock.clone();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                let remaining = credits::hold(tx, person, &template, now).await?;
                let line = Line { tx, person, template: &template, remaining };
                if !accepted {
                    return line.set(0).await;
                }
                if line.pair_with(What::Accepted, now).await? {
                    return Ok(());
                }
                line.note(What::Reported, now, "").await?;
                line.set(remaining + 1).await
            })
        })
        .await
}

/// WeChat says what became of subscribe messages. Safe to repeat.
pub async fn heed(app: &App, events: SubscribeEvents) -> Result<Outcome> {
    let SubscribeEvents { app_id, openid, at, items } = events;
    let identity = WeChatIdentity { app_id, openid, unionid: None };
    let Some(person) = people::known_by(app, &identity).await? else {
        return Ok(Outcome::Done);
    };
    let (clock, config) = (app.clock.clone(), app.config.clone());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let now = clock.now(tx).await?;
                for item in items {
                    if !credits::is_ours(&config.wechat, &item.template) {
                        continue;
                    }
                    let remaining = credits::hold(tx, person, &item.template, now).await?;
                    let line = Line { tx, person, template: &item.template, remaining };
                    line.heed(&item.what, at).await?;
                }
                Ok(Outcome::Done)
            })
        })
        .await
}

/// One line of the ledger, held.
struct Line<'a> {
    tx: &'a Transaction,
    person: PersonId,
    template: &'a str,
    remaining: i32,
}

impl Line<'_> {
    async fn heed(&self, change: &SubscribeChange, at: DateTime<Utc>) -> Result<()> {
        let (what, message) = match change {
            SubscribeChange::Accepted => (What::Accepted, ""),
            SubscribeChange::Refused => (What::Refused, ""),
            SubscribeChange::Undelivered { message, .. } => (What::Undelivered, message.as_str()),
        };
        if !self.note(what, at, message).await? {
            return Ok(());
        }
        match change {
            SubscribeChange::Accepted => self.accepted(at).await,
            SubscribeChange::Refused => {
                let accepted_since = self.accepted_since(at).await?;
                self.set(self.remaining.min(accepted_since)).await
            }
            SubscribeChange::Undelivered { errcode, .. } if errcode == NO_CREDIT => {
                self.set(0).await
            }
            SubscribeChange::Undelivered { message, errcode } => {
                tracing::warn!(message, errcode, "WeChat did not deliver a message it had taken");
                self.set(self.remaining + 1).await
            }
        }
    }

    async fn accepted(&self, at: DateTime<Utc>) -> Result<()> {
        let refused_since = subscribe_choice::Entity::find()
            .filter(self.that_were(What::Refused))
            .filter(subscribe_choice::Column::At.gte(at))
            .count(self.tx)
            .await?;
        if self.pair_with(What::Reported, at).await? {
            return self.pair(What::Accepted, at).await;
        }
        if refused_since > 0 { Ok(()) } else { self.set(self.remaining + 1).await }
    }

    /// Acceptances after this, each counted once.
    async fn accepted_since(&self, at: DateTime<Utc>) -> Result<i32> {
        let unpaired =
            self.that_were(What::Reported).add(subscribe_choice::Column::Paired.eq(false));
        let count = subscribe_choice::Entity::find()
            .filter(Condition::any().add(self.that_were(What::Accepted)).add(unpaired))
            .filter(subscribe_choice::Column::At.gt(at))
            .count(self.tx)
            .await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// Finds what was heard of the same choice from the other side; false if nothing was.
    async fn pair_with(&self, what: What, at: DateTime<Utc>) -> Result<bool> {
        let other = subscribe_choice::Entity::find()
            .filter(self.that_were(what))
            .filter(subscribe_choice::Column::Paired.eq(false))
            .filter(subscribe_choice::Column::At.between(at - SAME, at + SAME))
            .order_by_asc(subscribe_choice::Column::At)
            .one(self.tx)
            .await?;
        let Some(other) = other else { return Ok(false) };
        self.pair(what, other.at).await?;
        Ok(true)
    }

    async fn pair(&self, what: What, at: DateTime<Utc>) -> Result<()> {
        subscribe_choice::Entity::update_many()
            .col_expr(subscribe_choice::Column::Paired, Expr::value(true))
            .filter(self.that_were(what))
            .filter(subscribe_choice::Column::At.eq(at))
            .exec(self.tx)
            .await?;
        Ok(())
    }

    fn that_were(&self, what: What) -> Condition {
        Condition::all()
            .add(subscribe_choice::Column::PersonId.eq(self.person))
            .add(subscribe_choice::Column::Template.eq(self.template))
            .add(subscribe_choice::Column::What.eq(what))
    }

    /// False if it was noted before.
    async fn note(&self, what: What, at: DateTime<Utc>, message: &str) -> Result<bool> {
        let row = subscribe_choice::ActiveModel {
            person_id: Set(self.person),
            template: Set(self.template.to_owned()),
            what: Set(what),
            message: Set(message.to_owned()),
            at: Set(at),
            paired: Set(false),
        };
        let noted = subscribe_choice::Entity::insert(row)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(self.tx)
            .await?;
        Ok(noted == 1)
    }

    async fn set(&self, remaining: i32) -> Result<()> {
        credits::set(self.tx, self.person, self.template, remaining).await
    }
}

/// Forgets choices that can no longer be heard of again.
pub async fn forget_old_choices(tx: &Transaction, now: DateTime<Utc>) -> Result<()> {
    subscribe_choice::Entity::delete_many()
        .filter(subscribe_choice::Column::At.lt(now - REMEMBERED))
        .exec(tx)
        .await?;
    Ok(())
}
