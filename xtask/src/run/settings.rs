//! How the demo is configured. Each value can be set from outside by its variable.

use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::paths::root;

const PORT: u16 = 8080;
const SANDBOX_PORT: u16 = 8090;

/// What the sandbox knows the two WeChat apps by. Nothing outside this machine believes them.
const WECHAT: [(&str, &str); 8] = [
    ("WECHAT_MINI_APP_ID", "wxmini000000000001"),
    ("WECHAT_MINI_APP_SECRET", "demo-mini-secret"),
    ("WECHAT_OA_APP_ID", "wxoa00000000000001"),
    ("WECHAT_OA_APP_SECRET", "demo-oa-secret"),
    ("WECHAT_TEMPLATE_ASSIGNMENT", "TPL_ASSIGNMENT"),
    ("WECHAT_TEMPLATE_SESSION", "TPL_SESSION"),
    ("WECHAT_TEMPLATE_DIGEST", "TPL_DIGEST"),
    // Whoever tries the demo in the evening wants to see the messages too.
    ("QUIET_HOURS", "off"),
];

/// Addresses and directories of one demo.
pub struct Settings {
    /// `BIND`: where the server listens.
    pub bind: SocketAddr,
    /// Where the sandbox listens.
    pub sandbox_bind: SocketAddr,
    /// `PUBLIC_BASE`: the address that people type.
    pub public_base: String,
    /// `WECHAT_OPEN_BASE`: where browsers are sent to sign in.
    pub wechat_open_base: String,
    /// `DATA_DIR`: the database and uploaded files.
    pub data_dir: PathBuf,
}

impl Settings {
    /// What the environment says, else this machine only; with `lan` the whole local network.
    pub fn from_environment(lan: bool) -> Result<Self> {
        let listen = if lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let reached = if lan { own_address()? } else { Ipv4Addr::LOCALHOST.into() };
        let bind = variable("BIND").map_or_else(
            || Ok(SocketAddr::from((listen, PORT))),
            |bind| bind.parse().with_context(|| format!("BIND={bind} is no address with a port")),
        )?;
        Ok(Self {
            bind,
            sandbox_bind: (listen, SANDBOX_PORT).into(),
            public_base: variable("PUBLIC_BASE")
                .unwrap_or_else(|| format!("http://{reached}:{}", bind.port())),
            wechat_open_base: variable("WECHAT_OPEN_BASE")
                .unwrap_or_else(|| format!("http://{reached}:{SANDBOX_PORT}")),
            data_dir: root().join(variable("DATA_DIR").unwrap_or_else(|| "data".to_owned())),
        })
    }

    /// The host of the address that people type, without its port.
    pub fn public_host(&self) -> &str {
        let authority = self.public_base.split_once("://").map_or(&*self.public_base, |it| it.1);
        authority.split([':', '/']).next().unwrap_or(authority)
    }

    /// The environment of the server and its commands.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("BIND", self.bind.to_string()),
            ("DATA_DIR", self.data_dir.display().to_string()),
            ("PUBLIC_BASE", self.public_base.clone()),
            ("WECHAT_OPEN_BASE", self.wechat_open_base.clone()),
        ];
        variables.push((
            "WECHAT_API_BASE",
            variable("WECHAT_API_BASE")
                .unwrap_or_else(|| format!("http://127.0.0.1:{SANDBOX_PORT}")),
        ));
        for (name, demo) in WECHAT {
            variables.push((name, variable(name).unwrap_or_else(|| demo.to_owned())));
        }
        variables
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Our address in the local network: the one a packet to the world would leave from. None is sent.
fn own_address() -> Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).context("this machine is in no network")?;
    Ok(socket.local_addr()?.ip())
}
