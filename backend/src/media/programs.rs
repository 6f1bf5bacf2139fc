//! Programs of others that convert files, where they are installed: each under a guard of memory and
//! time.

use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::Command,
    time::timeout,
};

use crate::Result;

/// Where a program lies: what is configured, or what the path has by that name.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    if name.is_empty() {
        return None;
    }
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|it| it.is_file());
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|it| it.is_file())
}

/// What a program may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub megabytes: u32,
    pub time: Duration,
}

/// How a program ended.
#[derive(Debug)]
pub(super) struct Ended {
    pub well: bool,
    /// The end of what it said about its troubles, for our log.
    pub said: String,
}

/// Runs a program in a folder of its own; `heard` hears every line it writes.
///
/// The shell sets the bounds and becomes the program: what a hostile file makes of it ends there, with
/// all that it started. It sees nothing of our environment, where keys are.
pub(super) async fn run(
    program: &Path,
    arguments: &[&str],
    folder: &Path,
    bounds: Bounds,
    mut heard: impl FnMut(&str),
) -> Result<Ended> {
    let kilobytes = u64::from(bounds.megabytes) * 1024;
    let seconds = bounds.time.as_secs();
    // Processors count each for itself.
    let guard =
        format!("ulimit -v {kilobytes} && ulimit -t {} && ulimit -c 0 && exec \"$@\"", seconds * 2);
    let mut child = Command::new("/bin/sh")
        .args(["-c", &guard, "guard"])
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", folder)
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()?;
    let _family = Family(child.id().and_then(|it| Pid::from_raw(it.try_into().ok()?)));
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let listen = async move {
        let Some(stdout) = stdout else { return };
        let mut lines = BufReader::new(stdout).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            heard(&line);
        }
    };
    let complain = async move {
        let mut said = Vec::new();
        if let Some(stderr) = stderr {
            let _ = stderr.take(64 * 1024).read_to_end(&mut said).await;
        }
        let said = String::from_utf8_lossy(&said).into_owned();
        said.lines().rev().take(5).collect::<Vec<_>>().join(" / ")
    };
    let whole = async { tokio::join!(listen, complain, child.wait()) };
    match timeout(bounds.time, whole).await {
        Ok(((), said, status)) => Ok(Ended { well: status?.success(), said }),
        Err(_) => Ok(Ended { well: false, said: "it took too long".into() }),
    }
}

/// A program and those that it started, as LibreOffice's launcher does: all of them end as soon as
/// nobody waits any more.
struct Family(Option<Pid>);

impl Drop for Family {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // Where all have ended there is nobody to be found.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Instant};

    use super::*;

    const BOUNDS: Bounds = Bounds { megabytes: 512, time: Duration::from_secs(30) };

    async fn heard(script: &str, bounds: Bounds) -> (Ended, Vec<String>) {
        let (folder, mut lines) = (tempfile::tempdir().unwrap(), Vec::new());
        let hear = |line: &str| lines.push(line.to_owned());
        let shell = Path::new("/bin/sh");
        let ended = run(shell, &["-c", script], folder.path(), bounds, hear).await.unwrap();
        (ended, lines)
    }

    #[actix_web::test]
    async fn a_program_has_its_bounds_and_knows_nothing_of_us() {
        let (ended, lines) = heard("ulimit -v; ulimit -t; env | wc -l; echo no >&2", BOUNDS).await;
        assert!(ended.well);
        assert_eq!(ended.said, "no");
        assert_eq!(lines[..2], ["524288", "60"]);
        // PATH, HOME, LANG and what the shell adds.
        assert!(lines[2].trim().parse::<u32>().unwrap() <= 6, "{lines:?}");
    }

    #[actix_web::test]
    async fn a_program_that_takes_too_long_is_ended() {
        let hasty = Bounds { time: Duration::ZERO, ..BOUNDS };
        let (ended, _) = heard("read x < /dev/zero", hasty).await;
        assert!(!ended.well);
    }

    #[actix_web::test]
    async fn what_a_program_started_ends_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let (said, hears) = tokio::sync::oneshot::channel();
        let mut said = Some(said);
        let hear = |line: &str| drop(said.take().map(|it| it.send(line.to_owned())));
        let script = ["-c", "sh -c 'echo $$; exec sleep 600' & wait"];
        let program = run(Path::new("/bin/sh"), &script, folder.path(), BOUNDS, hear);
        let child = tokio::select! {
            ended = program => panic!("{ended:?}"),
            child = hears => child.unwrap(),
        };
        // Nobody waits for the program any more. Whoever has ended may still wait to be buried.
        let since = Instant::now();
        let alive = || {
            let state = fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
            state.rsplit(')').next().is_some_and(|it| !it.is_empty() && !it.starts_with(" Z"))
        };
        while alive() {
            assert!(since.elapsed() < Duration::from_secs(30), "{child} is still there");
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn a_program_is_found_by_its_name_or_its_place() {
        assert_eq!(find("/bin/sh"), Some(PathBuf::from("/bin/sh")));
        assert!(find("sh").is_some());
        for none in ["", "none", "/bin/none", "/bin"] {
            assert_eq!(find(none), None, "{none}");
        }
    }
}
