//! The subcommands: a file each, with its arguments and its run.

mod advisories;
mod affected;
mod backup;
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
mod options;
mod sbom;
mod status;
mod token;
mod tui;

use clap::Subcommand;

use crate::{
    ask::context::Context, error::Result, exit::Exit, output::console::Out, settings::Settings,
};

/// What may be done.
#[derive(Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Configured(Configured),
    #[command(flatten)]
    Alone(Alone),
}

/// What needs to know which server, and as who.
#[derive(Subcommand)]
pub(crate) enum Configured {
    #[command(flatten)]
    Ask(Question),
    Tui(tui::TuiArgs),
    Config(config::ConfigArgs),
}

/// What needs no settings, so that a broken settings file can't get in its way.
#[derive(Subcommand)]
pub(crate) enum Alone {
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Options(options::OptionsArgs),
}

/// What asks the server.
#[derive(Subcommand)]
pub(crate) enum Question {
    Find(Box<find::FindArgs>),
    Affected(Box<affected::AffectedArgs>),
    Advisories(advisories::AdvisoriesArgs),
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
    Backup(backup::BackupArgs),
}

/// Runs a command that needs no settings. `program` defines the whole command line, which the
/// manual is made from.
pub(crate) fn run_alone(
    command: &Alone,
    program: fn() -> clap::Command,
    out: &Out,
) -> Result<Exit> {
    match command {
        Alone::Completions(args) => completions::run(args, out),
        Alone::Man(args) => man::run(args, program(), out),
        Alone::Options(_) => options::run(program(), out),
    }
}

/// Runs a command: those that ask the server with a client.
pub(crate) fn run(command: Configured, settings: &Settings, out: &Out) -> Result<Exit> {
    match command {
        Configured::Tui(args) => tui::run(&args, settings, out),
        Configured::Config(_) => config::run(settings, out),
        Configured::Ask(question) => {
            let context = Context::new(settings, out)?;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(ask(question, &context))
        }
    }
}

async fn ask(question: Question, context: &Context<'_>) -> Result<Exit> {
    match question {
        Question::Find(args) => find::run(*args, context).await,
        Question::Affected(args) => affected::run(*args, context).await,
        Question::Advisories(args) => advisories::run(args, context).await,
        Question::Diff(args) => diff::run(args, context).await,
        Question::Changes(args) => changes::run(args, context).await,
        Question::Containers(args) => containers::run(args, context).await,
        Question::Images(args) => images::run(args, context).await,
        Question::Image(args) => image::run(args, context).await,
        Question::Sbom(args) => sbom::run(args, context).await,
        Question::Hosts(args) => hosts::run(args, context).await,
        Question::Host(args) => host::run(args, context).await,
        Question::Status(_) => status::run(context).await,
        Question::Token(args) => token::run(args, context).await,
        Question::Backup(args) => backup::run(&args, context).await,
    }
}
