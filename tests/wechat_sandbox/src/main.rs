//! The sandbox as a program, for demos and for tests that want it in a process of its own.

use std::{
    fs,
    io::{self, IsTerminal as _},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Parser;
use wechat_sandbox::{Sandbox, SandboxConfig, SandboxPerson};

/// A local WeChat for demos and tests.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:8090")]
    bind: SocketAddr,
    /// JSON array of people in place of the demo's.
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Host (or host:port) web authorisation may return to, besides this machine; may be repeated.
    #[arg(long = "authorised-host", value_name = "HOST")]
    authorised_hosts: Vec<String>,
    /// Key of the person every browser is silently taken for.
    #[arg(long, value_name = "KEY")]
    auto_person: Option<String>,
    /// File to write the address to once it is served.
    #[arg(long, value_name = "FILE")]
    address_file: Option<PathBuf>,
    #[arg(long, env = "WECHAT_MINI_APP_ID")]
    mini_app_id: Option<String>,
    #[arg(long, env = "WECHAT_MINI_APP_SECRET", hide_env_values = true)]
    mini_app_secret: Option<String>,
    #[arg(long, env = "WECHAT_OA_APP_ID")]
    oa_app_id: Option<String>,
    #[arg(long, env = "WECHAT_OA_APP_SECRET", hide_env_values = true)]
    oa_app_secret: Option<String>,
    #[arg(long, env = "WECOM_CORP_ID")]
    wecom_corp_id: Option<String>,
    #[arg(long, env = "WECOM_AGENT_ID")]
    wecom_agent_id: Option<String>,
    #[arg(long, env = "WECOM_SECRET", hide_env_values = true)]
    wecom_secret: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let colours = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(colours).init();
    let arguments = Arguments::parse();
    let address_file = arguments.address_file.clone();
    let sandbox = Sandbox::start(configured(arguments)?).await?;
    tracing::info!(address = %sandbox.base_url, "the WeChat sandbox is ready; see /_sandbox");
    if let Some(file) = address_file {
        publish(&file, &sandbox.base_url)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
    Ok(())
}

/// Writes the address in one step, so that a waiting parent never reads half of it.
fn publish(file: &Path, address: &str) -> io::Result<()> {
    let unfinished = file.with_extension("part");
    fs::write(&unfinished, address)?;
    fs::rename(&unfinished, file)
}

/// The demo's configuration with what the command line changes.
fn configured(arguments: Arguments) -> anyhow::Result<SandboxConfig> {
    let mut config = SandboxConfig::demo();
    config.bind = arguments.bind;
    config.authorised_hosts.extend(arguments.authorised_hosts);
    config.auto_person = arguments.auto_person;
    if let Some(file) = arguments.people {
        config.people = people_in(&file)?;
    }
    let changes = [
        (&mut config.mini_program.app_id, arguments.mini_app_id),
        (&mut config.mini_program.secret, arguments.mini_app_secret),
        (&mut config.official_account.app_id, arguments.oa_app_id),
        (&mut config.official_account.secret, arguments.oa_app_secret),
        (&mut config.wecom.corp_id, arguments.wecom_corp_id),
        (&mut config.wecom.agent_id, arguments.wecom_agent_id),
        (&mut config.wecom.secret, arguments.wecom_secret),
    ];
    for (value, change) in changes {
        if let Some(change) = change.filter(|change| !change.is_empty()) {
            *value = change;
        }
    }
    Ok(config)
}

fn people_in(file: &Path) -> anyhow::Result<Vec<SandboxPerson>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text)
        .with_context(|| format!("{} is not a list of people", file.display()))
}
