//! A record as it is hashed: canonical JSON, which has one text only. Keys are sorted, numbers are
//! integers, nothing stands between the tokens.

use std::{borrow::Cow, collections::BTreeMap, net::IpAddr};

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use shared::{
    accounts::{PersonId, SignInId},
    organizations::OrganizationId,
};
use uuid::Uuid;

use super::{Act, Fact, Outcome};
use crate::Result;

/// The fields stand in the order of their names: this is what makes the text canonical.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub address: Option<IpAddr>,
    /// As [`instant`] writes it.
    pub at: String,
    pub detail: BTreeMap<Cow<'static, str>, Fact>,
    pub event: String,
    pub id: Uuid,
    pub object: Option<String>,
    pub object_kind: String,
    pub organization: Option<OrganizationId>,
    pub outcome: Outcome,
    pub person: Option<PersonId>,
    pub sign_in: Option<SignInId>,
}

impl Record {
    pub(super) fn of(act: &Act, at: DateTime<Utc>) -> Self {
        Self {
            address: act.actor.address,
            at: instant(at),
            detail: act.detail.iter().map(|(name, it)| ((*name).into(), it.clone())).collect(),
            event: sea_orm::ActiveEnum::to_value(&act.event),
            id: Uuid::now_v7(),
            object: act.object.id.clone(),
            object_kind: sea_orm::ActiveEnum::to_value(&act.object.kind),
            organization: act.organization,
            outcome: act.outcome,
            person: act.actor.person,
            sign_in: act.actor.sign_in,
        }
    }

    pub(super) fn canonical(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    /// # Errors
    /// For a text that [`canonical`](Self::canonical) cannot have written.
    pub(super) fn read(canonical: &str) -> Result<Self> {
        let record: Self = serde_json::from_str(canonical)?;
        if record.canonical()? == canonical {
            return Ok(record);
        }
        Err(anyhow::anyhow!("the record is not in its canonical form").into())
    }
}

/// A moment to the microsecond, in UTC: texts sort as the moments do.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use shared::{accounts::Role, organizations::OrganizationId};

    use super::*;
    use crate::audit::{Actor, Event, Object};

    fn record() -> Record {
        let act = Actor::SYSTEM
            .being(PersonId(Uuid::nil()))
            .did(Event::RoleGranted, PersonId(Uuid::max()))
            .within(OrganizationId(Uuid::nil()))
            .with("role", Role::Auditor)
            .with("before", vec![Role::Learner])
            .with("count", 3_u32);
        Record { id: Uuid::nil(), ..Record::of(&act, DateTime::UNIX_EPOCH) }
    }

    #[test]
    fn a_record_has_one_text_with_sorted_keys_and_nothing_between() {
        assert_eq!(
            record().canonical().unwrap(),
            concat!(
                r#"{"address":null,"at":"1970-01-01T00:00:00.000000Z","detail":{"before":["learner"],"#,
                r#""count":3,"role":"auditor"},"event":"role_granted","#,
                r#""id":"00000000-0000-0000-0000-000000000000","#,
                r#""object":"ffffffff-ffff-ffff-ffff-ffffffffffff","object_kind":"person","#,
                r#""organization":"00000000-0000-0000-0000-000000000000","outcome":"done","#,
                r#""person":"00000000-0000-0000-0000-000000000000","sign_in":null}"#
            )
        );
    }

    #[test]
    fn a_record_comes_back_from_its_own_text_only() {
        let text = record().canonical().unwrap();
        assert_eq!(Record::read(&text).unwrap(), record());
        for other in [
            text.replace(r#""count":3"#, r#""count":3.0"#),
            text.replace(r#""count":3"#, r#""count": 3"#),
            text.replace(r#""sign_in":null"#, r#""sign_in":null,"more":1"#),
            text.replace(r#","sign_in":null"#, ""),
            text.replace("00.000000Z", "00Z"),
            String::new(),
        ] {
            let same = Record::read(&other).is_ok_and(|it| it == record());
            assert!(!same, "{other}");
        }
    }

    #[test]
    fn every_object_and_every_event_is_written_by_its_code() {
        let act = Actor::default().was_refused(Event::AccessDenied, Object::route("GET", "/x"));
        let record = Record::of(&act, DateTime::UNIX_EPOCH);
        assert_eq!(record.event, "access_denied");
        assert_eq!(
            (record.object_kind.as_str(), record.object.as_deref()),
            ("route", Some("GET /x"))
        );
        assert_eq!(record.outcome, Outcome::Refused);
    }
}
