//! The options that many commands take. Each command's own are in its file.

use clap::Args;

use crate::{output::flags::OutputArgs, settings::flags::ConnectionArgs};

/// The options of every command.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct GlobalArgs {
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// Log requests to standard error, never tokens; use twice for more detail
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Which part of a long list to show.
#[derive(Args)]
pub(crate) struct PageArgs {
    /// Maximum number of rows; 0 for all [default: 100]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// Continue where an earlier answer ended
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,
}
