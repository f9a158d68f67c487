//! Why a command didn't end well.

use std::{env, io, path::Path, process::ExitStatus, time::Duration};

use model::shown::on_one_line;

/// How much of what a command said goes into a message.
const MESSAGE: usize = 500;

/// Why a command didn't end well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    /// It didn't start.
    #[error("{}", not_started(program, source))]
    NotStarted {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It ended with a failure.
    #[error(
        "`{program}` failed ({status}): {}",
        on_one_line(last_line(stderr), MESSAGE)
    )]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: ExitStatus,
        /// What it said on standard error.
        stderr: String,
    },
    /// It went over a bound and was ended.
    #[error("`{program}` {excess} and was stopped")]
    Excess {
        /// The program.
        program: String,
        /// Over which.
        excess: Excess,
    },
    /// It can't be talked to.
    #[error("the output of `{program}` can't be read: {source}")]
    Unreadable {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
}

/// A bound that was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Excess {
    /// Too much time.
    #[error("took longer than {} s", .0.as_secs())]
    Time(Duration),
    /// Too much time, which all else on the host took from it.
    #[error("waited for a processor for most of {} s", .0.as_secs())]
    Starved(Duration),
    /// Too much output.
    #[error("printed more than {} MiB", .0 >> 20)]
    Output(u64),
    /// Too much memory.
    #[error("used more than {} MiB of memory", .0 >> 20)]
    Memory(u64),
    /// Too much space.
    #[error("used more than {} MiB of temporary space", .0 >> 20)]
    Space(u64),
}

/// That a program didn't start, and why: most often it isn't installed, or not where the agent looks for it.
pub(super) fn not_started(program: &str, error: &io::Error) -> String {
    let is_missing = error.kind() == io::ErrorKind::NotFound;
    if is_missing && !program.contains('/') {
        let path = env::var("PATH").unwrap_or_default();
        return format!(
            "`{program}` is not on the agent's PATH: install it there, or, for podman and syft, give its path in \
             the settings (PATH is {})",
            on_one_line(&path, MESSAGE)
        );
    }
    if is_missing && !Path::new(program).exists() {
        return format!(
            "`{program}` does not exist: install it there, or correct its path in the settings"
        );
    }
    format!("`{program}` can't be started: {error}")
}

/// The last line of `text` that says something.
fn last_line(text: &str) -> &str {
    text.lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::last_line;

    #[test]
    fn the_last_line_is_the_last_that_says_something() {
        assert_eq!(last_line("one\ntwo\n\n  \n"), "two");
        assert_eq!(last_line(""), "");
    }
}
