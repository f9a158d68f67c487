//! A program that runs on and is read line by line, within bounds.

use std::{io, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, ChildStderr, ChildStdout},
    task::JoinHandle,
};

use super::{
    error::ProgramError,
    files,
    group::Group,
    program::{Program, judge},
};

/// How long a line may be, in bytes: labels of a container stand in each of its events.
const LINE: usize = 1 << 20;
/// How much of what it says on standard error is kept.
const STDERR: usize = 64 << 10;
/// How long a program that prints nothing any more may take to end.
const ENDING: Duration = Duration::from_secs(2);

/// A program that is followed. Dropping it ends it and everything that it started.
#[derive(Debug)]
pub(crate) struct Following {
    program: String,
    child: Child,
    group: Group,
    stdout: Option<BufReader<ChildStdout>>,
    stderr: Option<JoinHandle<Vec<u8>>>,
    line: Vec<u8>,
    is_too_long: bool,
}

/// What a program printed up to the end of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line.
    Whole(Vec<u8>),
    /// One that was too long to keep.
    TooLong,
}

impl Program {
    /// Starts it, to be read as it goes on.
    ///
    /// # Errors
    /// [`ProgramError::NotStarted`].
    pub(crate) fn follow(self) -> Result<Following, ProgramError> {
        let program = self.name();
        let mut child = self.spawn(Stdio::null())?;
        let group = Group::of(&child);
        let stdout = child.stdout.take().map(BufReader::new);
        let stderr = child.stderr.take();
        let stderr = stderr.map(|stderr| tokio::spawn(keep(stderr)));
        Ok(Following {
            program,
            child,
            group,
            stdout,
            stderr,
            line: Vec::new(),
            is_too_long: false,
        })
    }
}

impl Following {
    /// The next line; none once it prints nothing any more. Nothing is lost where this is dropped
    /// before it is ready.
    ///
    /// # Errors
    /// It can't be read.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Line>> {
        let Some(stdout) = &mut self.stdout else {
            return Ok(None);
        };
        loop {
            let there = stdout.fill_buf().await?;
            if there.is_empty() {
                return Ok(None);
            }
            let end = there.iter().position(|byte| *byte == b'\n');
            let part = there.get(..end.unwrap_or(there.len())).unwrap_or(there);
            self.is_too_long |= self.line.len() + part.len() > LINE;
            if self.is_too_long {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            stdout.consume(used);
            if end.is_some() {
                let line = std::mem::take(&mut self.line);
                return Ok(Some(match std::mem::take(&mut self.is_too_long) {
                    true => Line::TooLong,
                    false => Line::Whole(line),
                }));
            }
        }
    }

    /// Whether a file that it reads was taken away from under it, so that it may never learn what
    /// is written from now on.
    pub(crate) fn reads_what_is_gone(&self) -> bool {
        self.group.leader().is_some_and(files::any_is_gone)
    }

    /// How it ended, once it printed its last; what goes on nevertheless is ended.
    ///
    /// # Errors
    /// [`ProgramError`]: not well.
    pub(crate) async fn end(mut self) -> Result<(), ProgramError> {
        let status = tokio::time::timeout(ENDING, self.child.wait()).await;
        let status = status.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
        let stderr = match self.stderr.take() {
            Some(stderr) => tokio::time::timeout(ENDING, stderr).await,
            None => Ok(Ok(Vec::new())),
        };
        let program = self.program;
        match status {
            Ok(status) => {
                // Nothing is left that could be ended: its number may be another's by now.
                self.group.spare(stderr.is_ok());
                let stderr = stderr.ok().and_then(Result::ok).unwrap_or_default();
                judge(program, status, Vec::new(), &stderr).map(|_| ())
            }
            Err(source) => Err(ProgramError::Unreadable { program, source }),
        }
    }
}

/// The last of what is said on standard error; it is read to its end, so that nobody waits for us.
async fn keep(mut stderr: ChildStderr) -> Vec<u8> {
    let mut kept = Vec::new();
    let mut part = [0; 4096];
    while let Ok(count @ 1..) = stderr.read(&mut part).await {
        kept.extend_from_slice(part.get(..count).unwrap_or_default());
        let over = kept.len().saturating_sub(STDERR);
        kept.drain(..over);
    }
    kept
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use std::fs;

    use super::{super::Program, Following, LINE, Line};
    use crate::settings::Words;

    fn shell(script: &str) -> Following {
        let words = Words::one("sh");
        Program::new(&words).args(&["-c", script]).follow().unwrap()
    }

    fn line(text: &str) -> Option<Line> {
        Some(Line::Whole(text.as_bytes().to_vec()))
    }

    #[tokio::test]
    async fn lines_are_read_as_they_come() {
        let mut followed = shell("echo one; echo; sleep 0.1; printf 'two\\nhalf'");
        for text in ["one", "", "two"] {
            assert_eq!(followed.next().await.unwrap(), line(text));
        }
        assert_eq!(followed.next().await.unwrap(), None);
        followed.end().await.unwrap();
    }

    #[tokio::test]
    async fn a_line_without_end_takes_no_room_and_the_next_one_is_read() {
        let script = format!("head -c {} /dev/zero; echo; echo two", 4 * LINE);
        let mut followed = shell(&script);
        let next = async {
            let line = followed.next().await.unwrap();
            assert!(followed.line.capacity() <= 2 * LINE);
            line
        };
        assert_eq!(next.await, Some(Line::TooLong));
        assert_eq!(followed.next().await.unwrap(), line("two"));
    }

    #[tokio::test]
    async fn a_program_that_fails_says_why_whatever_it_said_before() {
        let mut followed = shell("yes 'a warning' | head -c 3000000 >&2; echo last >&2; exit 7");
        assert_eq!(followed.next().await.unwrap(), None);
        let error = followed.end().await.unwrap_err().to_string();
        assert_eq!(error, "`sh` failed (exit status: 7): last");
    }

    #[tokio::test]
    async fn a_file_that_is_taken_away_from_under_a_program_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("events.log");
        fs::write(&log, "").unwrap();
        let mut followed = shell(&format!("tail -f {} & echo up; wait", log.display()));
        assert_eq!(followed.next().await.unwrap(), line("up"));
        // `tail` is there a moment after the shell says so.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert!(!followed.reads_what_is_gone());
        fs::remove_file(&log).unwrap();
        assert!(followed.reads_what_is_gone());
    }
}
