//! `advisories`: imports feeds, and shows what was imported.

mod affecting;
mod import;
mod list;
mod sending;
mod show;
mod source;
mod status;

use clap::{Args, Subcommand};
use proto_types::{DropFeed, ListGaps};

use crate::{
    ask::{complete, context::Context},
    error::Result,
    exit::Exit,
    output::{console::Label, number::grouped},
};

/// Import feeds of advisories, and list what was imported
#[derive(Args)]
pub(crate) struct AdvisoriesArgs {
    #[command(subcommand)]
    command: AdvisoriesCommand,
}

#[derive(Subcommand)]
enum AdvisoriesCommand {
    /// Import feeds, each in the place of what was imported from its source before
    ///
    /// A feed is a file of OSV records, a folder of such files, a .zip as OSV.dev publishes one for each
    /// ecosystem, a .tar.gz, CISA's catalog of exploited vulnerabilities (KEV, its JSON), FIRST's scores
    /// (EPSS, its CSV, packed or not), OpenVEX documents, or - for standard input. All of it is imported or, where it can't be read to
    /// its end, nothing. An admin's token or the local socket is needed.
    Import(import::ImportArgs),
    /// List the advisories that were imported
    List(list::ListArgs),
    /// List those that affect what runs now, by how many hosts
    ///
    /// Each advisory that was imported is held against everything that runs. The answer counts what is
    /// affected, and of what it isn't known; `assetctl affected ID` lists where, and says why. That the list is
    /// empty proves nothing (3): it is of what was imported.
    Affecting(affecting::AffectingArgs),
    /// Show what the feeds have about a vulnerability
    Show(show::ShowArgs),
    /// List the feeds: what each lists, how old it is, and what was left out and why
    Status,
    /// List what runs that no feed speaks of, or that feeds list only fixes of
    Gaps,
    /// Drop a feed and all its advisories
    Drop(DropArgs),
}

#[derive(Args)]
struct DropArgs {
    /// The feed's source, as `assetctl advisories status` lists it
    #[arg(value_name = "SOURCE", add = complete::feeds())]
    source: String,
}

pub(crate) async fn run(args: AdvisoriesArgs, context: &Context<'_>) -> Result<Exit> {
    match args.command {
        AdvisoriesCommand::Import(args) => import::run(args, context).await,
        AdvisoriesCommand::List(args) => list::run(args, context).await,
        AdvisoriesCommand::Affecting(args) => affecting::run(args, context).await,
        AdvisoriesCommand::Show(args) => show::run(args, context).await,
        AdvisoriesCommand::Status => status::run(context).await,
        AdvisoriesCommand::Gaps => gaps(context).await,
        AdvisoriesCommand::Drop(args) => drop_feed(args.source, context).await,
    }
}

async fn gaps(context: &Context<'_>) -> Result<Exit> {
    let response = context.ask(&ListGaps {}).await?;
    context.out.list(&response, &response.gaps)?;
    if let Some(total) = response.distributions_total {
        let line = format!("not all of {} distributions are listed", grouped(total));
        context.out.say(Label::Plain, &line);
    }
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(Exit::Found)
}

async fn drop_feed(source: String, context: &Context<'_>) -> Result<Exit> {
    let request = DropFeed { source };
    context.ask(&request).await?;
    let line = format!("dropped {} and all its advisories", request.source);
    context.out.say(Label::Plain, &line);
    Ok(Exit::Found)
}
