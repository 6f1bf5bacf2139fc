//! A whole installation: a data directory with the demo world in it, a WeChat and the server.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use anyhow::{Context, Result};
use chrono::{TimeDelta, Utc};
use shared::{
    accounts::{ListPeople, Role, SignInWithPassword},
    authoring::{CreateTrainingSession, ManagedSession, SessionDetails},
};
use tempfile::TempDir;
use wechat_sandbox::{Sandbox, SandboxConfig};

use crate::{
    person::{Failure, Person},
    port, roster, seeded,
    server::{Program, Server},
    store::{Kind, Store},
};

/// Everything goes when this is dropped: first the server, then what it used.
pub struct Installation {
    server: Option<Server>,
    program: Program,
    /// What people type before the path.
    pub base: String,
    /// The local WeChat. Everybody on the roster has a phone there: the named cast under their
    /// names, as `wangxiuying`, the others under their staff numbers, as `d0101`.
    pub wechat: Sandbox,
    /// Keys of everybody who has a phone.
    pub phones: Vec<String>,
    /// Where the data are, for those who have to look behind the API.
    pub database_url: String,
    data: TempDir,
}

impl Installation {
    /// A new installation with the demo world, answering.
    pub async fn start(kind: Kind) -> Result<Self> {
        Self::start_with(kind, &[]).await
    }

    /// The same with more in the environment of the program.
    pub async fn start_with(kind: Kind, more: &[(&'static str, &str)]) -> Result<Self> {
        Self::prepare(kind, more, false).await
    }

    /// The same, but for jobs, which are left to processes of [`Self::worker`].
    pub async fn start_without_workers(kind: Kind, more: &[(&'static str, &str)]) -> Result<Self> {
        Self::prepare(kind, more, true).await
    }

    async fn prepare(
        kind: Kind,
        more: &[(&'static str, &str)],
        without_workers: bool,
    ) -> Result<Self> {
        // Whoever makes an HTTP client needs to know whose TLS to use; a second wish is refused.
        drop(rustls::crypto::ring::default_provider().install_default());
        let data = tempfile::Builder::new().prefix("fingertip-outside-").tempdir()?;
        let base = format!("http://127.0.0.1:{}", port::free()?);
        let store = Store::fresh(kind).await?;
        let mut wechat = SandboxConfig::demo();
        let mut program = Program {
            variables: settings(&base, data.path(), &store, &wechat),
            log: data.path().join("server.log"),
            without_workers,
        };
        let file = format!("sqlite://{}", data.path().join("fingertip.sqlite").display());
        let database_url = store.database_url().unwrap_or(file);
        match &store.database {
            Some((server, name)) => {
                seeded::copy_on(server, name, &program, data.path()).await?;
            }
            None => seeded::copy(&program, data.path())?,
        }
        program.variables.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        roster::equip(&database_url, &mut wechat).await?;
        let phones = wechat.people.iter().map(|person| person.key.clone());
        let phones = phones.filter(|key| key != wechat_sandbox::STRANGER).collect();
        let wechat = Sandbox::start(wechat).await?;
        for name in ["WECHAT_API_BASE", "WECHAT_OPEN_BASE", "WECOM_API_BASE", "WECOM_OPEN_BASE"] {
            program.variables.push((name, wechat.base_url.clone()));
        }
        let server = Some(program.serve(&base).await?);
        Ok(Self { server, program, base, wechat, phones, database_url, data })
    }

    /// SIGKILL.
    pub fn kill(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
        }
    }

    /// Starts the server again with the same data at the same address.
    pub async fn restart(&mut self) -> Result<()> {
        self.kill();
        self.server = Some(self.program.serve(&self.base).await?);
        Ok(())
    }

    /// Starts one more server on the same data: where it answers, and the process.
    pub async fn another(&self) -> Result<(String, Server)> {
        let base = format!("http://127.0.0.1:{}", port::free()?);
        let mut program = self.program.clone();
        program.log = self.data.path().join("another.log");
        program.variables.push(("BIND", base.trim_start_matches("http://").to_owned()));
        let server = program.serve(&base).await?;
        Ok((base, server))
    }

    /// Starts one more process that works off jobs; its log, and the process.
    pub fn worker(&self, name: &str) -> Result<(PathBuf, Server)> {
        let log = self.data.path().join(format!("worker-{name}.log"));
        let process = self.program.work(&log)?;
        Ok((log, process))
    }

    /// Runs a command of the program on the same data, whether or not the server is running.
    pub fn run(&self, arguments: &[&str]) -> Result<Output> {
        self.program.output(arguments)
    }

    /// What the server logged.
    pub fn log(&self) -> String {
        self.program.said()
    }

    /// Somebody with a phone, signed in by the mini-program.
    pub async fn sign_in(&self, key: &str) -> Result<Person, Failure> {
        let code = self.wechat.mini_program_code(key).expect("everybody named has a phone");
        Person::with_mini_program(&self.base, code).await
    }

    /// The officer 郑明, signed in by password as a browser.
    pub async fn officer(&self) -> Result<Person> {
        self.console("zhengming").await
    }

    /// Somebody of the console, signed in by password as a browser.
    pub async fn console(&self, username: &str) -> Result<Person> {
        let (username, password) = (username.to_owned(), self.password(username)?);
        let request = SignInWithPassword { username, password };
        Ok(Person::with_password(&self.base, request).await?)
    }

    /// A session of 吴芳 that begins in ten minutes, so that check-in is open.
    pub async fn new_session(&self, seats: i32) -> Result<ManagedSession> {
        let officer = self.officer().await?;
        let instructors = officer.call(ListPeople { role: Some(Role::Instructor) }).await?;
        let details = SessionDetails {
            title: "抢座位".into(),
            course: None,
            base: None,
            place: "培训教室".into(),
            starts_at: Utc::now() + TimeDelta::minutes(10),
            ends_at: Utc::now() + TimeDelta::minutes(70),
            instructor: instructors.first().context("no instructor")?.id,
            seats,
            notes: String::new(),
        };
        Ok(officer.call(CreateTrainingSession { details }).await?)
    }

    /// The password that was made for a user name when the demo world was made.
    pub fn password(&self, username: &str) -> Result<String> {
        let file = self.data.path().join("demo-sign-ins.txt");
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        let found = lines.into_iter().find(|(name, _)| *name == username);
        Ok(found.with_context(|| format!("no password of {username}"))?.1.to_owned())
    }
}

impl Drop for Installation {
    /// Tells those who look at a failed test what the server thought was wrong.
    fn drop(&mut self) {
        let log = self.log();
        let bad = log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked"));
        for line in bad.take(20) {
            eprintln!("the server said: {line}");
        }
    }
}

/// The environment of the program, but for where its WeChat is.
fn settings(
    base: &str,
    data: &Path,
    store: &Store,
    wechat: &SandboxConfig,
) -> Vec<(&'static str, String)> {
    let mut settings = vec![
        ("BIND", base.trim_start_matches("http://").to_owned()),
        ("PUBLIC_BASE", base.to_owned()),
        ("DATA_DIR", data.display().to_string()),
        ("WECHAT_MINI_APP_ID", wechat.mini_program.app_id.clone()),
        ("WECHAT_MINI_APP_SECRET", wechat.mini_program.secret.clone()),
        ("WECHAT_OA_APP_ID", wechat.official_account.app_id.clone()),
        ("WECHAT_OA_APP_SECRET", wechat.official_account.secret.clone()),
        ("WECOM_CORP_ID", wechat.wecom.corp_id.clone()),
        ("WECOM_AGENT_ID", wechat.wecom.agent_id.clone()),
        ("WECOM_SECRET", wechat.wecom.secret.clone()),
        ("WECHAT_TEMPLATE_ASSIGNMENT", "TPL_ASSIGNMENT".to_owned()),
        ("WECHAT_TEMPLATE_SESSION", "TPL_SESSION".to_owned()),
        // What happens does not depend on the time of day.
        ("QUIET_HOURS", "off".to_owned()),
        ("TEAM_DIGEST_AT", "off".to_owned()),
        ("DUE_REMINDERS_AT", "off".to_owned()),
    ];
    settings.extend(store.database_url().map(|url| ("DATABASE_URL", url)));
    settings.extend(store.redis_url.clone().map(|url| ("REDIS_URL", url)));
    settings
}
