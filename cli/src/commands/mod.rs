//! The subcommands: a file each, with its arguments and its run.

mod changes;
mod completions;
mod config;
mod containers;
mod diff;
mod find;
mod host;
mod hosts;
mod image;
mod images;
mod man;
mod sbom;
mod status;
mod token;
mod tui;

use clap::Subcommand;

use crate::{
    ask::context::Context, error::Result, exit::Exit, output::console::Out, settings::Settings,
};

/// What may be asked.
#[derive(Subcommand)]
pub(crate) enum Command {
    Find(find::FindArgs),
    Diff(diff::DiffArgs),
    Changes(changes::ChangesArgs),
    Containers(containers::ContainersArgs),
    Images(images::ImagesArgs),
    Image(image::ImageArgs),
    Sbom(sbom::SbomArgs),
    Hosts(hosts::HostsArgs),
    Host(host::HostArgs),
    Status(status::StatusArgs),
    Token(token::TokenArgs),
    Tui(tui::TuiArgs),
    Config(config::ConfigArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Runs a command that needs no settings, so that a broken settings file can't get in its way.
///
/// `program` defines the whole command line, which the manual is made from.
pub(crate) fn run_alone(
    command: &Command,
    program: fn() -> clap::Command,
    out: &Out,
) -> Option<Result<Exit>> {
    match command {
        Command::Completions(args) => Some(completions::run(args, out)),
        Command::Man(args) => Some(man::run(args, program(), out)),
        _ => None,
    }
}

/// Runs a command: those that ask nobody at once, the others with a client.
pub(crate) fn run(command: Command, settings: &Settings, out: &Out) -> Result<Exit> {
    match command {
        Command::Tui(args) => tui::run(&args, settings, out),
        Command::Config(_) => config::run(settings, out),
        asking => {
            let context = Context::new(settings, out)?;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(ask(asking, &context))
        }
    }
}

async fn ask(command: Command, context: &Context<'_>) -> Result<Exit> {
    match command {
        Command::Find(args) => find::run(args, context).await,
        Command::Diff(args) => diff::run(args, context).await,
        Command::Changes(args) => changes::run(args, context).await,
        Command::Containers(args) => containers::run(args, context).await,
        Command::Images(args) => images::run(args, context).await,
        Command::Image(args) => image::run(args, context).await,
        Command::Sbom(args) => sbom::run(args, context).await,
        Command::Hosts(_) => hosts::run(context).await,
        Command::Host(args) => host::run(args, context).await,
        Command::Status(_) => status::run(context).await,
        Command::Token(args) => token::run(args, context).await,
        Command::Tui(_) | Command::Config(_) | Command::Completions(_) | Command::Man(_) => {
            Ok(Exit::Found)
        }
    }
}
