//! 企业微信, where those who learn are in the address book of their employer.

use anyhow::ensure;
use clap::Args;
use secrecy::{ExposeSecret, SecretString};

/// An application of one's own (自建应用). All three of it, or none: then nobody signs in through WeCom.
#[derive(Debug, Clone, Args)]
pub struct WecomConfig {
    /// `WECOM_CORP_ID`: the company's 企业 ID. Absent: there is no signing in through 企业微信.
    #[arg(long = "wecom-corp-id", env = "WECOM_CORP_ID", default_value = "")]
    pub corp_id: String,
    /// `WECOM_AGENT_ID`: the application's AgentId.
    #[arg(long = "wecom-agent-id", env = "WECOM_AGENT_ID", default_value = "")]
    pub agent_id: String,
    /// `WECOM_SECRET`: the application's Secret.
    #[arg(long = "wecom-secret", env = "WECOM_SECRET", default_value = "", hide_env_values = true)]
    pub secret: SecretString,
    /// `WECOM_API_BASE`: WeCom's server API.
    #[arg(
        id = "wecom_api_base",
        long = "wecom-api-base",
        env = "WECOM_API_BASE",
        default_value = "https://qyapi.weixin.qq.com"
    )]
    pub api_base: String,
    /// `WECOM_OPEN_BASE`: where WeCom's browser is sent for web authorisation.
    #[arg(
        id = "wecom_open_base",
        long = "wecom-open-base",
        env = "WECOM_OPEN_BASE",
        default_value = "https://open.weixin.qq.com"
    )]
    pub open_base: String,
}

impl WecomConfig {
    pub fn is_configured(&self) -> bool {
        !self.corp_id.is_empty()
    }

    /// Refuses half of an application.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let given = [&*self.corp_id, &*self.agent_id, self.secret.expose_secret()];
        let whole = given.iter().all(|it| it.is_empty()) || given.iter().all(|it| !it.is_empty());
        ensure!(
            whole,
            "WECOM_CORP_ID, WECOM_AGENT_ID and WECOM_SECRET are set together or not at all"
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        wecom: WecomConfig,
    }

    #[test]
    fn half_an_application_is_refused() {
        let all = ["--wecom-corp-id=ww1", "--wecom-agent-id=1000002", "--wecom-secret=s"];
        for (given, fine) in
            [(&all[..0], true), (&all[..2], false), (&all[1..], false), (&all, true)]
        {
            let wecom = Settings::parse_from(["fingertip"].iter().chain(given)).wecom;
            assert_eq!(wecom.check().is_ok(), fine, "{given:?}");
            assert_eq!(wecom.api_base, "https://qyapi.weixin.qq.com");
        }
    }
}
