//! Everything that `assetctl` does: the words typed become a request, the answer becomes text.
//!
//! `args` says what may be typed; `settings` and `out` turn it, the environment and the terminal
//! into ready objects once; `commands` holds one file a subcommand; `output` is pure and turns
//! rows into text.

mod args;
mod commands;
mod complete;
mod context;
mod error;
mod exit;
mod interrupt;
mod names;
mod out;
mod output;
mod packages;
mod progress;
mod resolve;
mod settings;
mod side;
mod suggest;
mod terms;
mod times;
mod tui;
mod verbose;

use std::process::ExitCode;

use clap::Parser;

use crate::{args::Cli, error::report, exit::Exit, out::Out, settings::Settings};

/// Runs `assetctl` with this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    complete::answer_shell();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // A reader that is gone wants no help text either.
            let _ = usage.print();
            return ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2));
        }
    };
    interrupt::watch();
    verbose::start(cli.global.verbose);
    run(cli).into()
}

/// Runs one command and reports what went wrong.
fn run(cli: Cli) -> Exit {
    let out = Out::resolve(&cli.global);
    if let Some(done) = commands::run_alone(&cli.command, &out) {
        return done.unwrap_or_else(|error| report(&error, None, &out));
    }
    let settings = match Settings::resolve(&cli.global.connection) {
        Ok(settings) => settings,
        Err(error) => return report(&error, None, &out),
    };
    let done = out
        .check()
        .and_then(|()| commands::run(cli.command, &settings, &out));
    match done {
        Ok(exit) => exit,
        Err(error) => report(&error, Some(&settings), &out),
    }
}

/// Measures the TUI over a list of so many rows, for the `tui_latency` example.
///
/// # Errors
/// The terminal in memory can't be drawn on.
#[doc(hidden)]
pub fn measure_tui(rows: u64) -> std::result::Result<tui::Latency, Box<dyn std::error::Error>> {
    tui::input_to_frame(rows)
}
