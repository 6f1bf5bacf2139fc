//! One message through WeChat.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use shared::{accounts::PersonId, notifications::NotificationKind, time};

use super::credits;
use crate::{
    App, Result,
    accounts::people,
    jobs::Outcome,
    wechat::{PushRefused, SubscribeMessage},
};

/// A subscribe message to send; the inbox has what it says already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    pub person: PersonId,
    pub kind: NotificationKind,
    /// The page that a tap opens.
    pub page: String,
    /// Values in the order of the template's keys.
    pub values: Vec<String>,
    /// After this it is not worth sending any more.
    pub worth_until: DateTime<Utc>,
}

impl Push {
    /// The keys of the kind's template; see `WeChatConfig`.
    const fn keys(&self) -> [&'static str; 3] {
        match self.kind {
            NotificationKind::CourseAssigned => ["thing1", "thing2", "date3"],
            NotificationKind::SessionSoon => ["thing1", "date2", "thing3"],
        }
    }
}

/// Sends the message if the person consented, is known to the mini-program, and it is not too late.
///
/// A send whose outcome is not known is repeated once: if the first did arrive, WeChat itself
/// refuses the second for want of a credit, unless the person gave several.
pub async fn deliver(app: &App, push: Push, tried: i32) -> Result<Outcome> {
    let now = app.clock.now(app.db.read()).await?;
    let Some(template) = credits::template(&app.config.wechat, push.kind).map(str::to_owned) else {
        return Ok(Outcome::Done);
    };
    if now > push.worth_until {
        return Ok(Outcome::Done);
    }
    let mini_program = &app.config.wechat.mini_app_id;
    let Some(openid) = people::openid(app.db.read(), push.person, mini_program).await? else {
        return Ok(Outcome::Done);
    };
    if !credits::take(app, push.person, template.clone()).await? {
        return Ok(Outcome::Done);
    }
    let message = SubscribeMessage {
        template_id: template.clone(),
        page: Some(push.page.clone()),
        data: push.keys().into_iter().map(str::to_owned).zip(push.values.clone()).collect(),
    };
    match app.wechat.push(&openid, &message).await {
        Ok(_) => Ok(Outcome::Done),
        Err(PushRefused::Retry { ambiguous: true }) if tried > 0 => Ok(Outcome::Done),
        Err(refused) => refused_by_wechat(app, push.person, template, refused, now).await,
    }
}

async fn refused_by_wechat(
    app: &App,
    person: PersonId,
    template: String,
    refused: PushRefused,
    now: DateTime<Utc>,
) -> Result<Outcome> {
    match refused {
        PushRefused::NoCredit => {
            credits::clear(app, person, template).await?;
            Ok(Outcome::Done)
        }
        PushRefused::Configuration(why) => {
            credits::give_back(app, person, template).await?;
            Ok(Outcome::Dead(why))
        }
        PushRefused::QuotaUsedUp => {
            credits::give_back(app, person, template).await?;
            Ok(Outcome::Later(after_midnight(now), "WeChat's daily quota is used up".into()))
        }
        PushRefused::Retry { .. } => {
            credits::give_back(app, person, template).await?;
            Ok(Outcome::Again("WeChat did not take the message".into()))
        }
    }
}

/// Five past midnight, local time, and up to ten minutes later.
fn after_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = time::local_date(now) + Days::new(1);
    let midnight = tomorrow.and_time(NaiveTime::MIN).and_local_timezone(time::zone());
    let midnight = midnight.earliest().map_or(now + TimeDelta::hours(24), |it| it.to_utc());
    midnight + TimeDelta::seconds(300 + i64::from(rand::random_range(0..600)))
}
