//! 隐私: what people are told about their data, what they agreed to, and what becomes of the data of
//! those who left.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::accounts::PersonId;

endpoints! {
    GET    "/api/me/privacy-consent"               SignedIn ShowPrivacyConsent     => PrivacyConsent;
    PUT    "/api/me/privacy-consent"               SignedIn GivePrivacyConsent     => PrivacyConsent;
    DELETE "/api/me/privacy-consent"               SignedIn WithdrawPrivacyConsent => PrivacyConsent;
    PUT    "/api/console/people/{person}/erasure"  Operator ErasePerson            => (), STEP_UP;
}

/// 查看隐私同意
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowPrivacyConsent {}

/// 同意隐私说明
///
/// Agreeing again to the same version changes nothing.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivePrivacyConsent {
    /// The version that was read.
    pub version: String,
}

/// 撤回隐私同意
///
/// WeChat sends no reminders from then on; the records of learning stay.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPrivacyConsent {}

/// 隐私同意
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrivacyConsent {
    /// The version in force.
    pub version: String,
    /// Since when it is.
    pub published_on: NaiveDate,
    /// When the caller agreed to it; absent for who did not, or withdrew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_at: Option<DateTime<Utc>>,
}

/// 注销离岗人员的个人资料
///
/// Only for who has left. A pseudonym takes the place of name and 工号; numbers, WeChat, password and
/// devices are forgotten. Results and attendance stay. Doing it again changes nothing.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    pub person: PersonId,
}
