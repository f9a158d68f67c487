//! The options that say which server, and what is known of it.

use std::path::PathBuf;

use clap::Args;
use client::ServerAddress;

/// Which server, and what is known of it.
#[derive(Args)]
pub struct ServerArgs {
    /// The server
    #[arg(long, value_name = "URL")]
    pub server: ServerAddress,
    /// The folder in which the fleet's shape and its hosts' tokens are kept
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// How many hosts talk to it at once
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub at_once: usize,
}
