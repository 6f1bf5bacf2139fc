//! What somebody must hear of that happened to their own account.

use chrono::{DateTime, Utc};
use shared::{accounts::PersonId, notifications::NotificationKind};

use super::{
    inbox::{self, Message},
    push::{Push, Sending},
};
use crate::{Result, db::Transaction};

/// Tells somebody that their account was changed: `what`, as `设置了登录密码`.
pub async fn account_changed(
    tx: &Transaction,
    person: PersonId,
    what: &'static str,
    now: DateTime<Utc>,
) -> Result<()> {
    let message = Message {
        push: push(person, now),
        title: format!("您的账号{what}"),
        body: "不是您本人做的，请马上告诉队长或培训办公室。".into(),
        link: "/me/sign-ins".into(),
        dedupe_key: format!("account:{person}:{}", now.timestamp_micros()),
    };
    inbox::tell(tx, vec![message], now).await
}

/// WeChat has no template for it, so that only the inbox says it.
pub(super) fn push(person: PersonId, now: DateTime<Utc>) -> Push {
    Push {
        person,
        kind: NotificationKind::WechatChanged,
        page: "pages/web/index?to=/me/sign-ins".into(),
        values: Vec::new(),
        worth_until: now,
        sending: Sending::default(),
    }
}
