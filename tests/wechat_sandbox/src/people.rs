//! People with a phone and WeChat on it.

use serde::{Deserialize, Serialize};

/// Key of the person whose WeChat no roster knows. Every sandbox has one.
pub const STRANGER: &str = "stranger";

/// Key of the virtual user that WeChat's snapshot page mode shows to a server instead of the person.
pub const SNAPSHOT_PERSON: &str = "snapshot";

/// Key of somebody whom WeCom lets look at a page although no address book has them.
pub const OUTSIDER: &str = "outsider";

/// Keys of those who only ever open a page.
pub(crate) const VISITORS: [&str; 2] = [SNAPSHOT_PERSON, OUTSIDER];

/// One person. The same person has another openid in each account and one unionid in all of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SandboxPerson {
    /// Latin short name used in control calls and in derived identifiers.
    pub key: String,
    pub name: String,
    /// What the person picker shows under the name.
    #[serde(default)]
    pub note: String,
    /// Mainland number of 11 digits, or `+852-51234567` for another country.
    pub phone: String,
    /// Left empty in a people file, it becomes `oMP_` + key.
    #[serde(default)]
    pub mini_openid: String,
    /// Left empty in a people file, it becomes `oOA_` + key.
    #[serde(default)]
    pub oa_openid: String,
    /// Left empty in a people file, it becomes `uUN_` + key.
    #[serde(default)]
    pub unionid: String,
    /// Subscribe messages of each template the person has already agreed to.
    #[serde(default)]
    pub credits: u32,
}

/// A phone number as `getuserphonenumber` reports it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PhoneNumber {
    pub country_code: String,
    /// Without the country code.
    pub pure: String,
    /// With the country code if it is a foreign one.
    pub full: String,
}

impl SandboxPerson {
    /// A person with derived identifiers and one credit per template.
    pub fn new(key: &str, name: &str, note: &str, phone: &str) -> Self {
        let mut person = Self {
            key: key.to_owned(),
            name: name.to_owned(),
            note: note.to_owned(),
            phone: phone.to_owned(),
            mini_openid: String::new(),
            oa_openid: String::new(),
            unionid: String::new(),
            credits: 1,
        };
        person.fill_in();
        person
    }

    pub(crate) fn stranger() -> Self {
        Self::new(STRANGER, "陌生微信", "花名册里没有", "13900000099")
    }

    pub(crate) fn snapshot() -> Self {
        Self::new(SNAPSHOT_PERSON, "快照页用户", "没有点“使用完整服务”的人", "")
    }

    pub(crate) fn outsider() -> Self {
        Self::new(OUTSIDER, "外部联系人", "不在企业微信的通讯录里", "")
    }

    /// What the address book of WeCom calls the person, if it has them.
    pub(crate) fn userid(&self) -> Option<&str> {
        (!VISITORS.contains(&self.key.as_str())).then_some(self.key.as_str())
    }

    pub(crate) fn is_snapshot(&self) -> bool {
        self.key == SNAPSHOT_PERSON
    }

    pub(crate) fn fill_in(&mut self) {
        for (identifier, prefix) in [
            (&mut self.mini_openid, "oMP_"),
            (&mut self.oa_openid, "oOA_"),
            (&mut self.unionid, "uUN_"),
        ] {
            if identifier.is_empty() {
                *identifier = format!("{prefix}{}", self.key);
            }
        }
    }

    pub(crate) fn phone_number(&self) -> PhoneNumber {
        match self.phone.strip_prefix('+').and_then(|rest| rest.split_once('-')) {
            Some((country_code, pure)) => PhoneNumber {
                country_code: country_code.to_owned(),
                pure: pure.to_owned(),
                full: format!("+{country_code}{pure}"),
            },
            None => PhoneNumber {
                country_code: "86".to_owned(),
                pure: self.phone.clone(),
                full: self.phone.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_number_carries_its_country_code_only_in_the_full_form() {
        let person = SandboxPerson::new("a", "甲", "", "+852-51234567");
        let number = person.phone_number();
        assert_eq!(
            (number.country_code.as_str(), number.pure.as_str(), number.full.as_str()),
            ("852", "51234567", "+85251234567")
        );
    }
}
