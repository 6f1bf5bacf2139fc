//! Files of strangers are read in a process of their own: what a library makes of a wicked one cannot
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
use serde::{Serialize, de::DeserializeOwned};
use shared::problem::{Code, Problem};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    time::timeout,
};

use crate::{Error, Result};

/// The hidden sub-command; its one argument is the name of a reader.
pub const COMMAND: &str = "read-file";

/// Who reads files of one kind, and what that may take.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// As the sub-command knows it.
    pub name: &'static str,
    /// Bytes of addresses, the program itself included.
    pub memory: u64,
    /// Seconds of computing.
    pub computing: u64,
    /// Until the answer is there, on a machine that has much else to do.
    pub patience: Duration,
    /// Bytes of an answer.
    pub longest_answer: u64,
    /// What a file that cannot be read is refused as.
    pub refusal: Code,
    /// What to do about one that takes more than it may.
    pub too_much: &'static str,
}

/// What was read, or in which words the file is refused.
type Answer<T> = std::result::Result<T, String>;

impl Reader {
    /// What the file says, read by `program`, which is ourselves. Whoever no longer waits for it ends
    /// the process.
    ///
    /// # Errors
    /// The reader's refusal, with what to do about it.
    pub async fn read<T: DeserializeOwned>(&self, program: &Path, file: &[u8]) -> Result<T> {
        let mut command = Command::new(program);
        command.args([COMMAND, self.name]).env_clear().kill_on_drop(true);
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
                let mut from = from.take(self.longest_answer);
                drop(from.read_to_end(&mut answer).await);
            };
            join(tell, hear).await;
            child.wait().await
        };
        let ended = timeout(self.patience, conversation).await;
        if let Ok(Ok(status)) = ended
            && status.success()
            && let Ok(answer) = serde_json::from_slice::<Answer<T>>(&answer)
        {
            return answer.map_err(|detail| self.refused(&detail));
        }
        tracing::warn!(self.name, bytes = file.len(), ?ended, "a file took more than it may");
        Err(self.refused(self.too_much))
    }

    fn refused(&self, detail: &str) -> Error {
        Problem::from(self.refusal).detail(detail).into()
    }

    /// What the process does: reads a file from its standard input and answers with what it says.
    ///
    /// # Errors
    /// Where it cannot be bounded or nobody listens.
    pub fn answer<T: Serialize>(&self, read: fn(&[u8]) -> Result<T>) -> anyhow::Result<()> {
        let bounds = [
            (Resource::AS, self.memory),
            (Resource::CPU, self.computing),
            // A memory image would hold what nobody else may see.
            (Resource::CORE, 0),
        ];
        for (resource, most) in bounds {
            resource.set(most, most)?;
        }
        let mut file = Vec::new();
        io::stdin().read_to_end(&mut file)?;
        let answer: Answer<T> = match read(&file) {
            Ok(found) => Ok(found),
            Err(Error::Refused(problem)) => Err(problem.detail.unwrap_or_default()),
            Err(Error::Broken(error)) => return Err(error),
        };
        let mut to = io::BufWriter::new(io::stdout().lock());
        serde_json::to_writer(&mut to, &answer)?;
        Ok(to.flush()?)
    }
}
