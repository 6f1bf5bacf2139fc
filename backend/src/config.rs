//! What the environment says. Every field names its variable and default.

use std::{net::IpAddr, path::PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use secrecy::SecretString;

#[derive(Debug, Clone, Args)]
pub struct Config {
    /// `BIND`: address and port to listen on.
    #[arg(long, env = "BIND", default_value = "127.0.0.1:8080")]
    pub bind: String,
    /// `DATABASE_URL`: `postgres://…`, or `sqlite://…`. Absent: an SQLite file in `DATA_DIR`.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// `REDIS_URL`: where several servers share limits and short-lived marks. Absent: in memory.
    #[arg(long, env = "REDIS_URL", hide_env_values = true)]
    pub redis_url: Option<String>,
    /// `DATA_DIR`: the embedded database, uploads and the secret key.
    #[arg(long, env = "DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// `PUBLIC_BASE`: what people type before the path, without a slash at the end.
    #[arg(long, env = "PUBLIC_BASE", default_value = "http://127.0.0.1:8080")]
    pub public_base: String,
    /// `APP_ENV`: production refuses to start with settings that are only fit for a demo.
    #[arg(long, env = "APP_ENV", value_enum, default_value = "development")]
    pub app_env: AppEnv,
    /// `TRUSTED_PROXIES`: addresses, separated by commas, whose `X-Forwarded-For` is believed.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    #[command(flatten)]
    pub wechat: WeChatConfig,
}

#[derive(Debug, Clone, Args)]
pub struct WeChatConfig {
    /// `WECHAT_API_BASE`: WeChat's server API.
    #[arg(long, env = "WECHAT_API_BASE", default_value = "https://api.weixin.qq.com")]
    pub api_base: String,
    /// `WECHAT_OPEN_BASE`: where browsers are sent for web authorisation.
    #[arg(long, env = "WECHAT_OPEN_BASE", default_value = "https://open.weixin.qq.com")]
    pub open_base: String,
    /// `WECHAT_MINI_APP_ID`: the mini-program. Absent: it cannot be used.
    #[arg(long, env = "WECHAT_MINI_APP_ID", default_value = "")]
    pub mini_app_id: String,
    /// `WECHAT_MINI_APP_SECRET`
    #[arg(long, env = "WECHAT_MINI_APP_SECRET", default_value = "", hide_env_values = true)]
    pub mini_app_secret: SecretString,
    /// `WECHAT_OA_APP_ID`: the official account. Absent: it cannot be used.
    #[arg(long, env = "WECHAT_OA_APP_ID", default_value = "")]
    pub oa_app_id: String,
    /// `WECHAT_OA_APP_SECRET`
    #[arg(long, env = "WECHAT_OA_APP_SECRET", default_value = "", hide_env_values = true)]
    pub oa_app_secret: SecretString,
    /// `WECHAT_TEMPLATE_ASSIGNMENT`: subscribe-message template for 必学课程, with the keys
    /// `thing1` course, `thing2` reminder, `date3` due date. Absent: inbox only.
    #[arg(long, env = "WECHAT_TEMPLATE_ASSIGNMENT", default_value = "")]
    pub template_assignment: String,
    /// `WECHAT_TEMPLATE_SESSION`: subscribe-message template for 实训提醒, with the keys `thing1`
    /// session, `date2` start, `thing3` place. Absent: inbox only.
    #[arg(long, env = "WECHAT_TEMPLATE_SESSION", default_value = "")]
    pub template_session: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AppEnv {
    Development,
    Production,
}

impl Config {
    /// Where the data are: what was configured, else a file in the data directory.
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| {
            format!("sqlite://{}?mode=rwc", self.data_dir.join("fingertip.sqlite").display())
        })
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
        ensure!(!self.public_base.ends_with('/'), "PUBLIC_BASE must not end with a slash");
        if self.app_env == AppEnv::Production {
            ensure!(self.secure(), "PUBLIC_BASE must start with https:// in production");
            ensure!(
                self.wechat.api_base.starts_with("https://"),
                "WECHAT_API_BASE must start with https:// in production"
            );
            ensure!(
                self.wechat.open_base.starts_with("https://"),
                "WECHAT_OPEN_BASE must start with https:// in production"
            );
        }
        Ok(())
    }
}
