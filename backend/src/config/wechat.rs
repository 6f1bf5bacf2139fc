//! The two WeChat apps and what they are used for.

use clap::Args;
use secrecy::SecretString;

use super::DomainFiles;

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
    /// `WECHAT_MINI_TOKEN`: the Token of the mini-program's 消息推送, whose address is
    /// `PUBLIC_BASE/wechat/callback/mini-program`. Absent: that address answers 404.
    #[arg(long, env = "WECHAT_MINI_TOKEN", default_value = "", hide_env_values = true)]
    pub mini_token: SecretString,
    /// `WECHAT_MINI_AES_KEY`: its EncodingAESKey, for safe mode; while it is being changed, the new
    /// one, a comma and the old one. Absent: plain mode.
    #[arg(long, env = "WECHAT_MINI_AES_KEY", default_value = "", hide_env_values = true)]
    pub mini_aes_key: SecretString,
    /// `WECHAT_OA_APP_ID`: the official account. Absent: it cannot be used.
    #[arg(long, env = "WECHAT_OA_APP_ID", default_value = "")]
    pub oa_app_id: String,
    /// `WECHAT_OA_APP_SECRET`
    #[arg(long, env = "WECHAT_OA_APP_SECRET", default_value = "", hide_env_values = true)]
    pub oa_app_secret: SecretString,
    /// `WECHAT_OA_TOKEN`: the Token of the official account's 服务器配置, whose address is
    /// `PUBLIC_BASE/wechat/callback/official-account`. Absent: that address answers 404.
    #[arg(long, env = "WECHAT_OA_TOKEN", default_value = "", hide_env_values = true)]
    pub oa_token: SecretString,
    /// `WECHAT_OA_AES_KEY`: its EncodingAESKey, as that of the mini-program.
    #[arg(long, env = "WECHAT_OA_AES_KEY", default_value = "", hide_env_values = true)]
    pub oa_aes_key: SecretString,
    /// `WECHAT_TEMPLATE_ASSIGNMENT`: subscribe-message template for 必学课程, with the keys
    /// `thing1` course, `thing2` reminder, `date3` due date. Absent: inbox only.
    #[arg(long, env = "WECHAT_TEMPLATE_ASSIGNMENT", default_value = "")]
    pub template_assignment: String,
    /// `WECHAT_TEMPLATE_SESSION`: subscribe-message template for 实训提醒, with the keys `thing1`
    /// session, `date2` start, `thing3` place. Absent: inbox only.
    #[arg(long, env = "WECHAT_TEMPLATE_SESSION", default_value = "")]
    pub template_session: String,
    /// `WECHAT_TEMPLATE_DIGEST`: subscribe-message template for 班组日报, with the keys `thing1` what
    /// it is, `thing2` how many have not started, `date3` day. Absent: inbox only.
    #[arg(long, env = "WECHAT_TEMPLATE_DIGEST", default_value = "")]
    pub template_digest: String,
    /// `WECHAT_DOMAIN_FILES`: the files by which WeChat checks whose host this is, as
    /// `MP_verify_Ab1.txt:Ab1,xY2.txt:3f4a9c`. They are answered at the root of the host and in
    /// `/c/`.
    #[arg(long, env = "WECHAT_DOMAIN_FILES", default_value = "")]
    pub domain_files: DomainFiles,
}
