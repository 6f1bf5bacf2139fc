//! Files are read in a process of their own: what a reader of workbooks makes of a wicked one cannot
//! be foreseen, so its memory and time are bounded from outside, and nobody else's suffer.

use std::{
    io::{self, Read, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anyhow::anyhow;
use futures_util::future::join;
use rlimit::Resource;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::timeout,
};

use super::{
    cells::Row,
    table::{self, refusal},
};
use crate::{Error, Result};

/// The hidden sub-command.
pub const COMMAND: &str = "read-sheet";

/// Addresses, the program itself included; the largest file that is taken needs about a third of them.
const MEMORY: u64 = 320 * 1024 * 1024;
/// Seconds of computing; the largest file that is taken needs about two.
const COMPUTING: u64 = 15;
/// Until the answer is there, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(40);
/// Bytes of an answer; one of 50,000 people has about 15 million.
const LONGEST_ANSWER: u64 = 48 * 1024 * 1024;

/// The rows, or in which words the file is refused.
type Answer = std::result::Result<Vec<Row>, String>;

/// The rows of a file, read by `program`, which is ourselves.
///
/// # Errors
/// `not_a_sheet` with what to do about it.
pub async fn rows(program: &Path, file: &[u8]) -> Result<Vec<Row>> {
    let mut command = Command::new(program);
    command.arg(COMMAND).env_clear().kill_on_drop(true);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(anyhow!("a process without pipes").into());
    };
    let mut answer = Vec::new();
    let conversation = async {
        let tell = async {
            // Whoever has ended does not listen; how they ended is looked at below.
            drop(to.write_all(file).await);
            drop(to);
        };
        let hear = async {
            let mut from = from.take(LONGEST_ANSWER);
            drop(from.read_to_end(&mut answer).await);
        };
        join(tell, hear).await;
        child.wait().await
    };
    let ended = timeout(PATIENCE, conversation).await;
    if let Ok(Ok(status)) = ended
        && status.success()
        && let Ok(answer) = serde_json::from_slice::<Answer>(&answer)
    {
        return answer.map_err(|detail| refusal(&detail));
    }
    tracing::warn!(bytes = file.len(), ?ended, "a roster file took more than it may");
    Err(refusal(
        "这个文件展开以后太大，读不下去；请新建一个表格，只粘贴需要的几列再上传，人多就拆成几个文件",
    ))
}

/// What the process does: reads a file from its standard input and answers with the rows.
///
/// # Errors
/// Where it cannot be bounded or nobody listens.
pub fn answer() -> anyhow::Result<()> {
    for (resource, most) in
        [(Resource::AS, MEMORY), (Resource::CPU, COMPUTING), (Resource::CORE, 0)]
    {
        resource.set(most, most)?;
    }
    let mut file = Vec::new();
    io::stdin().read_to_end(&mut file)?;
    let answer: Answer = match table::rows(&file) {
        Ok(rows) => Ok(rows),
        Err(Error::Refused(problem)) => Err(problem.detail.unwrap_or_default()),
        Err(Error::Broken(error)) => return Err(error),
    };
    let mut to = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut to, &answer)?;
    Ok(to.flush()?)
}
