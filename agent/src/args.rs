//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::{process::Lowest, settings::Given};

const AFTER_HELP: &str = "\
Exit status:
  0    success, even if an image could not be scanned, as long as the server was told why
  1    failed or incomplete; the last line on standard error says why
  2    invalid command line or settings
  3    another assetmon-agent is already running
  4    not enrolled, a clone of an enrolled machine, or the server rejected the token
  129  its terminal was closed (SIGHUP)
  130  interrupted (SIGINT)
  143  terminated (SIGTERM)

Settings are read from /etc/assetmon/agent.toml if it exists. A flag overrides an environment
variable (ASSETMON_AGENT_SCAN_TIME for --scan-time), and that overrides the file.";

/// Report what runs on this host and scan its images
#[derive(Debug, Parser)]
#[command(name = "assetmon-agent", version, after_help = AFTER_HELP, arg_required_else_help = true)]
pub(crate) struct Args {
    /// Settings file [default: /etc/assetmon/agent.toml, if it exists]
    #[arg(
        long,
        global = true,
        env = "ASSETMON_AGENT_CONFIG",
        value_name = "FILE"
    )]
    pub(crate) config: Option<PathBuf>,
    /// The settings that are given here or by the environment.
    #[command(flatten)]
    pub(crate) given: Given,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the agent can be asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Enroll this machine as a host, with a code from `assetctl host add`
    Enroll(Enroll),
    /// Report everything that runs, scan what the server asks for, and exit
    Report,
    /// Report that one container has started or stopped
    Update {
        /// The container's name or ID
        container: String,
    },
    /// Report each start and stop at once, and everything every 10 minutes, until stopped
    ///
    /// Follows `podman events` for every store. If podman or the server was unavailable, everything is
    /// reported again. Full reports and scans run at least as often as --full-every says.
    Watch,
    /// Check the state folder, the token, the server, podman, and syft, and list anything else that
    /// runs containers here
    Check,
    /// Write the manual, a page for each command, to a folder; packages are made with this
    #[command(hide = true)]
    Man {
        /// The folder
        folder: PathBuf,
    },
    /// Become a scan's program; the agent itself calls this
    #[command(hide = true)]
    Become(Lowest),
}

impl Command {
    /// Whether it scans images, and so leaves something to clean up when it is interrupted.
    pub(crate) const fn scans(&self) -> bool {
        matches!(self, Self::Report | Self::Update { .. } | Self::Watch)
    }
}

/// Enrollment.
#[derive(Debug, ClapArgs)]
pub(crate) struct Enroll {
    /// The code, or `-` to read it from standard input
    #[arg(long, env = "ASSETMON_AGENT_CODE", hide_env_values = true)]
    pub(crate) code: String,
    /// Replace the token that this machine already has
    #[arg(long)]
    pub(crate) force: bool,
}
