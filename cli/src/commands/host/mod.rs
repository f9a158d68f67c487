//! `host`: adds, shows, resets and removes one host, and withdraws what it submitted.

mod code;
mod remove;
mod show;
mod withdraw;

use clap::{Args, Subcommand};

use crate::{
    ask::{complete, context::Context},
    error::Result,
    exit::Exit,
};

/// Add, show, reset, or remove a host, or withdraw its SBOMs
#[derive(Args)]
pub(crate) struct HostArgs {
    #[command(subcommand)]
    command: HostCommand,
}

#[derive(Subcommand)]
enum HostCommand {
    /// Add a host and print its enrollment code
    ///
    /// The code works once, for an hour. Only the code is printed to standard output.
    Add(NewHostArgs),
    /// Show one host
    Show(HostNameArgs),
    /// Revoke a host's token and print a new enrollment code
    ///
    /// What the host runs is kept.
    Reset(HostNameArgs),
    /// Remove a host: revoke its token and end its runs, but keep its history
    Remove(RemovedHostArgs),
    /// Withdraw every SBOM that a host submitted and have other hosts scan the images
    ///
    /// The host itself is not changed. If no host has this name any more, the last removed host that
    /// had it is meant.
    Withdraw(HostNameArgs),
}

#[derive(Args)]
struct NewHostArgs {
    /// The host's name: letters, digits, `.`, `_`, and `-`
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

#[derive(Args)]
struct RemovedHostArgs {
    #[command(flatten)]
    host: HostNameArgs,

    /// Also withdraw every SBOM that it submitted
    #[arg(long)]
    withdraw: bool,
}

pub(crate) async fn run(args: HostArgs, context: &Context<'_>) -> Result<Exit> {
    match args.command {
        HostCommand::Add(args) => code::add(args.name, context).await,
        HostCommand::Show(args) => show::run(args.name, context).await,
        HostCommand::Reset(args) => code::reset(args.name, context).await,
        HostCommand::Remove(args) => {
            remove::run(args.host.name.clone(), context).await?;
            match args.withdraw {
                true => withdraw::run(args.host.name, context).await,
                false => Ok(Exit::Found),
            }
        }
        HostCommand::Withdraw(args) => withdraw::run(args.name, context).await,
    }
}
