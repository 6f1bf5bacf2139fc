//! What a sandbox is started with: two accounts and an application in WeCom, the people who own phones,
//! and the message templates.

use std::{collections::HashSet, net::SocketAddr};

use anyhow::ensure;
use serde::{Deserialize, Serialize};

use crate::people::{self, SandboxPerson};

/// The two kinds of account the sandbox has one of each. Their tokens and codes never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    /// 小程序
    MiniProgram,
    /// 公众号（服务号）
    OfficialAccount,
}

/// The credentials of one account.
#[derive(Clone, Deserialize)]
pub struct Account {
    pub app_id: String,
    pub secret: String,
}

/// An application of one's own in WeCom (企业微信的自建应用).
#[derive(Clone, Deserialize)]
pub struct WecomApp {
    pub corp_id: String,
    pub agent_id: String,
    pub secret: String,
}

/// One line of a message template, such as `课程名称:{{thing1.DATA}}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TemplateLine {
    /// What the person reads before the value.
    pub label: String,
    /// Type and number, such as `thing1`; the type decides which values are accepted.
    pub key: String,
    /// The accepted values of an `enum` or `enum_string` line.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// A subscribe message template of the mini-program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Template {
    pub id: String,
    pub title: String,
    pub lines: Vec<TemplateLine>,
    /// Long-term (type 3) instead of one-time (type 2): one consent is good for many messages.
    #[serde(default)]
    pub long_term: bool,
}

/// Everything a sandbox needs to know before it starts.
#[derive(Clone)]
pub struct SandboxConfig {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    pub mini_program: Account,
    pub official_account: Account,
    pub wecom: WecomApp,
    /// Hosts web authorisation may return to (网页授权域名, in WeCom 可信域名): `host` for any port, or
    /// `host:port`.
    pub authorised_hosts: Vec<String>,
    /// The person WeChat silently takes the browser for; `None` shows the person picker.
    pub auto_person: Option<String>,
    pub people: Vec<SandboxPerson>,
    pub templates: Vec<Template>,
    /// The pages of the mini-program's released version.
    pub pages: Vec<String>,
}

impl SandboxConfig {
    /// The credentials of the account of this kind.
    pub fn account(&self, kind: AccountKind) -> &Account {
        match kind {
            AccountKind::MiniProgram => &self.mini_program,
            AccountKind::OfficialAccount => &self.official_account,
        }
    }

    /// The kind of the account with this app id, if the sandbox has it.
    pub fn kind_of(&self, app_id: &str) -> Option<AccountKind> {
        [AccountKind::MiniProgram, AccountKind::OfficialAccount]
            .into_iter()
            .find(|kind| self.account(*kind).app_id == app_id)
    }

    /// A person by key.
    pub fn person(&self, key: &str) -> Option<&SandboxPerson> {
        self.people.iter().find(|person| person.key == key)
    }

    /// The person who has this openid in the mini-program.
    pub fn person_with_mini_openid(&self, openid: &str) -> Option<&SandboxPerson> {
        self.people.iter().find(|person| person.mini_openid == openid)
    }

    /// A template by id.
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// Whether the released version has this page; a query and a leading slash do not count.
    pub fn has_page(&self, page: &str) -> bool {
        let path = page.split('?').next().unwrap_or_default();
        let path = path.strip_prefix('/').unwrap_or(path);
        self.pages.iter().any(|known| known == path)
    }

    /// Fills in what may be left out: identifiers derived from the key, and the person nobody knows.
    /// Fails if two people cannot be told apart or if a name refers to nobody.
    pub(crate) fn completed(mut self) -> anyhow::Result<Self> {
        self.people.iter_mut().for_each(SandboxPerson::fill_in);
        if self.person(people::STRANGER).is_none() {
            self.people.push(SandboxPerson::stranger());
        }
        let mut seen = HashSet::new();
        for person in &self.people {
            // Keys travel in a cookie and in addresses.
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
            ensure!(
                person.key.chars().all(is_plain)
                    && !people::VISITORS.contains(&person.key.as_str()),
                "the key {:?} is not usable: letters, digits, _ and - are",
                person.key
            );
            for identifier in [&person.key, &person.mini_openid, &person.oa_openid, &person.unionid]
            {
                ensure!(seen.insert(identifier), "{identifier:?} stands for two people");
            }
        }
        let auto_person = self.auto_person.as_deref();
        ensure!(
            auto_person
                .is_none_or(|key| people::VISITORS.contains(&key) || self.person(key).is_some()),
            "there is no person {auto_person:?} to be taken for"
        );
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(change: impl FnOnce(&mut SandboxConfig)) -> String {
        let mut config = SandboxConfig::demo();
        change(&mut config);
        config.completed().err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn people_who_cannot_be_told_apart_or_named_in_a_cookie_are_refused() {
        assert_eq!(refusal(|_| {}), "");
        let twin = refusal(|config| config.people[1].mini_openid = "oMP_wangxiuying".to_owned());
        assert!(twin.contains("oMP_wangxiuying"), "{twin}");
        let chinese = refusal(|config| config.people[1].key = "李建国".to_owned());
        assert!(chinese.contains("李建国"), "{chinese}");
        let nobody = refusal(|config| config.auto_person = Some("nobody".to_owned()));
        assert!(nobody.contains("nobody"), "{nobody}");
    }
}
