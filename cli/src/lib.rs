//! Everything that `assetctl` does: the words typed become a request, the answer becomes text.
//!
//! `cli` says what may be typed; `settings` and `output::console` turn it, the environment and the
//! terminal into ready objects once. `commands` holds one file a subcommand. They stand on `ask`,
//! which asks servers, on `words`, which reads what people write, and on `output`, which turns rows
//! into text. `tui` is a program of its own behind one subcommand.

mod args;
mod ask;
mod cli;
mod commands;
mod completion;
mod error;
mod exit;
mod interrupt;
mod output;
mod report;
mod settings;
mod tui;
mod usage;
mod verbose;
mod words;

#[cfg(any(test, feature = "measure"))]
#[doc(hidden)]
pub use tui::{Latency, input_to_frame};

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::{
    cli::Cli, commands::Command, exit::Exit, output::console::Out, report::report,
    settings::Settings,
};

/// Runs `assetctl` with this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    if completion::answer(cli::in_full) {
        return ExitCode::SUCCESS;
    }
    let typed = cli::program().try_get_matches();
    let cli = match typed.and_then(|typed| Cli::from_arg_matches(&typed)) {
        Ok(cli) => cli,
        Err(usage) => return terminal::show_usage(&usage::pointed(usage)),
    };
    interrupt::watch();
    verbose::start(cli.global.verbose);
    run(cli).into()
}

/// Runs one command and reports what went wrong.
fn run(cli: Cli) -> Exit {
    let out = Out::resolve(&cli.global.output);
    let command = match cli.command {
        Command::Configured(command) => command,
        Command::Alone(command) => {
            return commands::run_alone(&command, cli::in_full, &out)
                .unwrap_or_else(|error| report(&error, None, &out));
        }
    };
    let settings = match Settings::resolve(&cli.global.connection) {
        Ok(settings) => settings,
        Err(error) => return report(&error, None, &out),
    };
    let done = out
        .check()
        .and_then(|()| commands::run(command, &settings, &out));
    match done {
        Ok(exit) => exit,
        Err(error) => report(&error, Some(&settings), &out),
    }
}
