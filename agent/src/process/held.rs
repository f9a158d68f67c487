//! A program that says one line and then stays, until it is no longer needed.

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStdin, ChildStdout},
};

use super::{
    bounds::Bounds,
    error::{Excess, ProgramError},
    group::Group,
};

/// A program that stays. Dropping it ends it, and so does the end of this process: its standard
/// input ends then, which it waits for.
#[derive(Debug)]
pub(crate) struct Held {
    said: Vec<u8>,
    _stdin: Option<ChildStdin>,
    _group: Group,
    _child: Child,
}

impl Held {
    /// Waits for the first line.
    pub(super) async fn of(
        mut child: Child,
        program: String,
        bounds: &Bounds,
    ) -> Result<Self, ProgramError> {
        let group = Group::of(&child);
        let line = first_line(child.stdout.take(), bounds.output);
        let said = match tokio::time::timeout(bounds.time, line).await {
            Ok(Ok(said)) => said,
            Ok(Err(source)) => return Err(ProgramError::Unreadable { program, source }),
            Err(_) => {
                let excess = Excess::Time(bounds.time);
                return Err(ProgramError::Excess { program, excess });
            }
        };
        if said.last() == Some(&b'\n') {
            return Ok(Self {
                said,
                _stdin: child.stdin.take(),
                _group: group,
                _child: child,
            });
        }
        Err(ended(child, program).await)
    }

    /// The line that it said.
    pub(crate) fn said(&self) -> &[u8] {
        &self.said
    }
}

async fn first_line(stdout: Option<ChildStdout>, bound: u64) -> std::io::Result<Vec<u8>> {
    let mut line = Vec::new();
    if let Some(stdout) = stdout {
        let mut reader = BufReader::new(stdout.take(bound));
        reader.read_until(b'\n', &mut line).await?;
    }
    Ok(line)
}

/// Why a program ended without a word.
async fn ended(mut child: Child, program: String) -> ProgramError {
    drop(child.stdin.take());
    let mut stderr = Vec::new();
    if let Some(pipe) = child.stderr.take() {
        // What can't be read is missing from the message alone.
        let _ = pipe.take(64 << 10).read_to_end(&mut stderr).await;
    }
    match child.wait().await {
        Ok(status) => ProgramError::Failed {
            program,
            status,
            stderr: String::from_utf8_lossy(&stderr).into_owned(),
        },
        Err(source) => ProgramError::Unreadable { program, source },
    }
}
