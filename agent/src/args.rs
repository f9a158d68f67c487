//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

use crate::settings::Given;

const AFTER_HELP: &str = "\
Exit status:
  0    done; an image that could not be scanned is done too once the server knows why
  1    not done, or not completely: the reason is the last line on standard error
  2    the command line or the settings are wrong
  3    another assetmon-agent is at work, and this one leaves it to that one
  4    this machine is not enrolled, or the server does not accept its token
  130  interrupted (SIGINT); 143 terminated (SIGTERM): scans ended, temporary files wiped

Settings are read from /etc/assetmon-agent.toml if it is there. A flag beats a variable (ASSETMON_AGENT_SCAN_TIME
for --scan-time), a variable beats the file.";

/// Reports what runs on this host and scans its images
#[derive(Debug, Parser)]
#[command(name = "assetmon-agent", version, after_help = AFTER_HELP, arg_required_else_help = true)]
pub(crate) struct Args {
    /// The settings file [default: /etc/assetmon-agent.toml, if it is there]
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
    /// Make this machine a host of the server, with a code from `assetctl host add`
    Enroll(Enroll),
    /// Report everything that runs, scan what the server asks for, and exit
    Report,
    /// Tell the server at once that a container started or stopped
    Update {
        /// The container's name or ID
        container: String,
    },
    /// Say what the agent finds here, and what is wrong
    Check,
}

/// Enrolment.
#[derive(Debug, ClapArgs)]
pub(crate) struct Enroll {
    /// The code, or `-` to read it from standard input
    #[arg(long, env = "ASSETMON_AGENT_CODE", hide_env_values = true)]
    pub(crate) code: String,
    /// Replace the token that is here already
    #[arg(long)]
    pub(crate) force: bool,
}
