//! Help, and what is wrong with the arguments.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use model::shown::escaped_lines;

/// Shows the help that was asked for, or what is wrong with the arguments: without colors, for what
/// was typed may hold some of its own, and is shown in it. Answers the program's exit status.
#[must_use]
pub fn show_usage(usage: &clap::Error) -> ExitCode {
    if usage.use_stderr() {
        let _ = write!(io::stderr(), "{}", escaped_lines(&usage.to_string()));
    } else {
        // A reader that is gone wants no help text either.
        let _ = usage.print();
    }
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}
