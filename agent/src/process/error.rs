//! Why a command didn't end well.

use std::{io, process::ExitStatus, time::Duration};

use model::shown::on_one_line;

/// How much of what a command said goes into a message.
const MESSAGE: usize = 500;

/// Why a command didn't end well.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    /// It didn't start.
    #[error("`{program}` can't be started: {source}")]
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
