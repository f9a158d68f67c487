//! `fleetsim`: a fleet's agents in one process, to fill a server, to keep it busy, and to ask it.

mod commands;

use std::process::ExitCode;

use clap::Parser;

use crate::commands::Cli;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fleetsim: error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
