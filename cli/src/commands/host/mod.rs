//! `host`: adds, shows, resets and removes one host.

mod code;
mod remove;
mod show;

use clap::{Args, Subcommand};

use crate::{
    ask::{complete, context::Context},
    error::Result,
    exit::Exit,
};

/// Add, show, reset or remove a host
#[derive(Args)]
pub(crate) struct HostArgs {
    #[command(subcommand)]
    command: HostCommand,
}

#[derive(Subcommand)]
enum HostCommand {
    /// Add a host and print its enrollment code
    ///
    /// The code can be used once, within an hour. Only the code is printed to standard output.
    Add(NewHostArgs),
    /// Show one host
    Show(HostNameArgs),
    /// Revoke a host's token and print a new enrollment code
    ///
    /// What the host runs stays known.
    Reset(HostNameArgs),
    /// Remove a host: revoke its token and end its runs, but keep its history
    Remove(HostNameArgs),
}

#[derive(Args)]
struct NewHostArgs {
    /// The host's name: letters, digits, `.`, `_` and `-`
    #[arg(value_name = "NAME")]
    name: String,
}

/// A host's name.
#[derive(Args)]
struct HostNameArgs {
    /// The host's name
    #[arg(value_name = "NAME", add = complete::hosts())]
    name: String,
}

pub(crate) async fn run(args: HostArgs, context: &Context<'_>) -> Result<Exit> {
    match args.command {
        HostCommand::Add(args) => code::add(args.name, context).await,
        HostCommand::Show(args) => show::run(args.name, context).await,
        HostCommand::Reset(args) => code::reset(args.name, context).await,
        HostCommand::Remove(args) => remove::run(args.name, context).await,
    }
}
