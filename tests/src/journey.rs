//! People who use the product in a real browser: scripts in `journeys/`, run by Node.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use tokio::{process::Command, time::timeout};

use crate::{Installation, environment};

/// The longest a journey may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(8);

/// A journey that is being prepared.
pub struct Journey {
    script: PathBuf,
    command: Command,
}

impl Journey {
    /// The script `journeys/<script>.mjs` in this installation.
    pub fn new(script: &str, installation: &Installation) -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = here.join("journeys").join(script).with_extension("mjs");
        let mut command = Command::new("node");
        command
            .arg(&script)
            .env("BASE", &installation.base)
            .env("WECHAT", &installation.wechat.base_url)
            .env("COURSES", here.join("../backend/seed/courses"))
            .env("SCREENSHOTS", screenshots()?)
            .env("CHROMIUM", environment::path("CHROMIUM")?)
            .env("CHROMIUM_86_DIR", environment::path("CHROMIUM_86_DIR")?)
            .env("NODE_MODULES", environment::path("NODE_MODULES")?);
        Ok(Self { script, command })
    }

    /// Tells the script something more.
    #[must_use]
    pub fn told(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs the script to its end.
    ///
    /// # Errors
    /// With what it printed, if it fails or takes too long.
    pub async fn run(mut self) -> Result<()> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A journey that takes too long is dropped, and its browser ends with it.
        let output = self.command.kill_on_drop(true).output();
        let name = self.script.display();
        let output = timeout(LIMIT, output)
            .await
            .with_context(|| format!("{name} took more than {LIMIT:?}"))?
            .context("node")?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let said = text(&output.stdout) + &text(&output.stderr);
        ensure!(output.status.success(), "{name}: {}\n{said}", output.status);
        Ok(())
    }
}

/// Where the pictures of the journeys are kept for those who want to look at them.
fn screenshots() -> Result<PathBuf> {
    if let Some(chosen) = environment::text("SCREENSHOTS") {
        return Ok(chosen.into());
    }
    // Tests lie in <target>/<profile>/deps.
    let test = env::current_exe()?;
    Ok(test.ancestors().nth(3).context("a test in no target directory")?.join("screenshots"))
}
