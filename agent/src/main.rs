//! assetmon-agent: reports a host's containers and scans its images.

mod args;
mod clock;
mod commands;
mod cycle;
mod ending;
mod exit;
mod host;
mod identity;
mod log;
mod passwd;
mod podman;
mod process;
mod progress;
mod report;
mod retry;
mod runtime;
mod scan;
mod scanner;
mod seen;
mod settings;
mod size;
mod state;
mod syft;
mod tree;
mod unseen;
mod watch;

use std::{path::Path, process::ExitCode, time::Duration};

use anyhow::Context;
use clap::{CommandFactory, Parser};
use terminal::manual::Manual;

use crate::{
    args::{Args, Command},
    ending::Endings,
    exit::Failure,
    settings::Settings,
};

/// How long tidying up may take after a signal.
const TIDY: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(usage) => return terminal::show_usage(&usage),
    };
    // Before there is anything that the program would inherit.
    if let Command::Become(lowest) = args.command {
        return lowest.run();
    }
    // No settings are needed, and none may be in the way.
    let ended = match &args.command {
        Command::Man { folder } => write_manual(folder).map(|()| 0),
        _ => run(args),
    };
    match ended {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            // A failure tells everything by itself; of anything else the whole chain is worth
            // reading.
            let failure = error.downcast_ref::<Failure>();
            let words = failure.map_or_else(|| format!("{error:#}"), Failure::to_string);
            log::say(&format!("assetmon-agent: {words}"));
            ExitCode::from(failure.map_or(1, Failure::status))
        }
    }
}

/// Sections of the manual that the help text has no room for.
const MORE: &str = "\
Files:
  /etc/assetmon/agent.toml
      settings
  /var/lib/assetmon-agent
      the token, the report counter, and temporary files of scans

Examples:
  assetmon-agent enroll --server https://assets.example.org --code CODE
  assetmon-agent check
  assetmon-agent report";

fn write_manual(folder: &Path) -> anyhow::Result<()> {
    let manual = Manual {
        program: concat!("assetmon-agent ", env!("CARGO_PKG_VERSION")),
        more: MORE,
        everywhere: "",
        see_also: &["assetctl(1)", "assetmon-server(1)"],
        further: None,
    };
    let written = manual.write(Args::command(), folder).map(|_| ());
    written.with_context(|| format!("the manual can't be written to {}", folder.display()))
}

fn run(args: Args) -> anyhow::Result<u8> {
    let settings = Settings::load(args.given, args.config.as_deref()).map_err(Failure::from)?;
    log::start(&settings);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime can't be started")?;
    let scans = args.command.scans();
    runtime.block_on(async {
        let mut endings = Endings::listen().context("signal handlers can't be installed")?;
        // A signal drops the command in the middle, which ends whatever it had started.
        let status = tokio::select! {
            result = commands::run(args.command, settings.clone()) => return Ok(result.map(|()| 0)?),
            status = endings.next() => status,
        };
        if scans {
            tracing::warn!("interrupted: stopping scans and cleaning up");
            let _ = tokio::time::timeout(TIDY, host::tidy(&settings)).await;
        }
        Ok(status)
    })
}
