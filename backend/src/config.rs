//! What the environment says. Every field names its variable and default.

mod daily;
mod domain_files;
mod media;
mod pace;
mod quiet_hours;
mod wechat;
mod wecom;

use std::{net::IpAddr, path::PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

pub use daily::Daily;
pub use domain_files::DomainFiles;
pub use media::MediaConfig;
pub use pace::PaceConfig;
pub use quiet_hours::QuietHours;
pub use wechat::WeChatConfig;
pub use wecom::WecomConfig;

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// `BIND`: address and port to listen on.
    #[arg(long, env = "BIND", default_value = "127.0.0.1:8080")]
    pub bind: String,
    /// `DATABASE_URL`: `postgres://…`, or `sqlite://…`. Absent: an SQLite file in `DATA_DIR`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<SecretString>,
    /// `REDIS_URL`: where several servers share limits and short-lived marks. Absent: in memory.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<SecretString>,
    /// `DATA_DIR`: the embedded database, uploads and the secret key.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// `PUBLIC_BASE`: what people type before the path. Kept as browsers name it as the origin of a
    /// page, in lower case and without a default port.
    #[arg(long, env = "PUBLIC_BASE", default_value = "http://127.0.0.1:8080", value_parser = origin)]
    pub public_base: String,
    /// This program, which reads uploaded files as a process of its own. Other programs that
    /// serve, as tests do, say where it is.
    #[arg(long, default_value = "/proc/self/exe", hide = true)]
    pub program: PathBuf,
    /// `APP_ENV`: production refuses to start with settings that are only fit for a demo.
    #[arg(long, env = "APP_ENV", value_enum, default_value = "development")]
    pub app_env: AppEnv,
    /// `CONSOLE_SECOND_FACTOR`: whether those who work in the console must have a second factor.
    /// Absent: `required` in production, else `enrolled`.
    #[arg(long, env = "CONSOLE_SECOND_FACTOR", value_enum)]
    pub console_second_factor: Option<SecondFactorRule>,
    /// `TRUSTED_PROXIES`: addresses, separated by commas, whose `X-Forwarded-For` is believed.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// `QUIET_HOURS`: local time in which WeChat sends nobody anything that can wait, or `off`.
    #[arg(long, env = "QUIET_HOURS", default_value = "21:00-07:00")]
    pub quiet_hours: QuietHours,
    /// `TEAM_DIGEST_AT`: when team leaders are told who has not started, local time, or `off`.
    #[arg(long, env = "TEAM_DIGEST_AT", default_value = "08:00")]
    pub team_digest_at: Daily,
    /// `DUE_REMINDERS_AT`: when people are reminded of courses that are due, local time, or `off`.
    #[arg(long, env = "DUE_REMINDERS_AT", default_value = "08:00")]
    pub due_reminders_at: Daily,
    #[command(flatten)]
    pub media: MediaConfig,
    #[command(flatten)]
    pub pace: PaceConfig,
    #[command(flatten)]
    pub wechat: WeChatConfig,
    #[command(flatten)]
    pub wecom: WecomConfig,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AppEnv {
    Development,
    Production,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SecondFactorRule {
    /// Whoever has none sets it up while signing in.
    Required,
    /// Whoever has one is asked for it.
    Enrolled,
}

impl Config {
    /// Whether nobody works in the console without a second factor.
    pub fn second_factor_required(&self) -> bool {
        match self.console_second_factor {
            Some(rule) => rule == SecondFactorRule::Required,
            None => self.app_env == AppEnv::Production,
        }
    }

    /// Where the data are: what was configured, else a file in the data directory.
    pub fn database_url(&self) -> String {
        told(self.database_url.as_ref()).map_or_else(
            || format!("sqlite://{}?mode=rwc", self.data_dir.join("fingertip.sqlite").display()),
            str::to_owned,
        )
    }

    /// Where Redis is, if there is one.
    pub fn redis_url(&self) -> Option<&str> {
        told(self.redis_url.as_ref())
    }

    /// Whether browsers reach us by https, so that cookies can be bound to the host.
    pub fn secure(&self) -> bool {
        self.public_base.starts_with("https://")
    }

    /// Refuses what must not go into production.
    ///
    /// # Errors
    /// In words that say which variable to set.
    pub fn check(&self) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.data_dir)
            .with_context(|| format!("DATA_DIR {} cannot be made", self.data_dir.display()))?;
        if self.app_env == AppEnv::Production {
            ensure!(self.secure(), "PUBLIC_BASE must start with https:// in production");
            for (name, base) in [
                ("WECHAT_API_BASE", &self.wechat.api_base),
                ("WECHAT_OPEN_BASE", &self.wechat.open_base),
                ("WECOM_API_BASE", &self.wecom.api_base),
                ("WECOM_OPEN_BASE", &self.wecom.open_base),
            ] {
                ensure!(
                    base.starts_with("https://"),
                    "{name} must start with https:// in production"
                );
            }
        }
        self.media.check(self.app_env)?;
        self.wecom.check()
    }
}

/// An address, in which there may be a password.
fn told(address: Option<&SecretString>) -> Option<&str> {
    address.map(ExposeSecret::expose_secret).filter(|it| !it.is_empty())
}

fn origin(text: &str) -> Result<String, &'static str> {
    let wrong = "write https:// or http://, the host and, where it is needed, the port, and nothing \
                 after them, as https://learn.example.cn";
    let url = Url::parse(text).map_err(|_| wrong)?;
    let rest = [url.path().trim_start_matches('/'), url.username()];
    let bare = rest == ["", ""] && url.password().or(url.query()).or(url.fragment()).is_none();
    if bare && matches!(url.scheme(), "http" | "https") {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Settings {
        #[command(flatten)]
        config: Config,
    }

    fn with(arguments: &[&str]) -> Result<Config, clap::Error> {
        let all = ["fingertip"].iter().chain(arguments);
        Settings::try_parse_from(all).map(|it| it.config)
    }

    #[test]
    fn the_public_base_is_kept_as_browsers_name_it() {
        for (written, kept) in [
            ("https://learn.example.cn", "https://learn.example.cn"),
            ("HTTPS://Learn.Example.CN:443/", "https://learn.example.cn"),
            ("http://10.0.0.7:80", "http://10.0.0.7"),
            ("https://learn.example.cn:8443", "https://learn.example.cn:8443"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("https://学习.example.cn", "https://xn--vjq503a.example.cn"),
        ] {
            assert_eq!(with(&["--public-base", written]).unwrap().public_base, kept);
        }
    }

    #[test]
    fn a_public_base_that_is_more_than_an_origin_is_refused_in_words() {
        for written in [
            "https://example.cn/learn",
            "https://example.cn/?x",
            "https://example.cn/#x",
            "https://me@example.cn",
            "https://:x@example.cn",
            "ftp://example.cn",
            "example.cn",
            "",
        ] {
            let refused = with(&["--public-base", written]).unwrap_err().to_string();
            assert!(refused.contains("as https://learn.example.cn"), "{written}: {refused}");
        }
    }

    #[test]
    fn an_empty_address_is_none() {
        let config = with(&["--database-url", "", "--redis-url", "", "--data-dir", "d"]).unwrap();
        assert_eq!(config.database_url(), "sqlite://d/fingertip.sqlite?mode=rwc");
        assert_eq!(config.redis_url(), None);
        let config =
            with(&["--database-url", "postgres://db", "--redis-url", "redis://r"]).unwrap();
        assert_eq!(config.database_url(), "postgres://db");
        assert_eq!(config.redis_url(), Some("redis://r"));
    }
}
