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

/// Import advisory feeds and list what was imported
#[derive(Args)]
pub(crate) struct AdvisoriesArgs {
    #[command(subcommand)]
    command: AdvisoriesCommand,
}

#[derive(Subcommand)]
enum AdvisoriesCommand {
    /// Import feeds, replacing what was imported from the same source before
    ///
    /// A feed is a file of OSV records, a folder of such files, a .zip from OSV.dev (one per
    /// ecosystem), a .tar.gz, CISA's catalog of exploited vulnerabilities (KEV, as JSON), FIRST's
    /// scores (EPSS, as CSV or .gz), OpenVEX documents, or - for standard input. If a feed can't be
    /// read to its end, nothing of it is imported. Needs an admin token or the local socket.
    Import(import::ImportArgs),
    /// List imported advisories
    List(list::ListArgs),
    /// List the advisories that affect what runs now, most hosts first
    ///
    /// Checks every imported advisory against everything that runs, and counts what is affected, what is
    /// unknown, and what vendor statements (VEX) excuse. `assetctl affected ID` shows where and why. Takes
    /// no terms: `assetctl affected FILE TERM...` asks about part of the fleet. An empty list never proves
    /// that nothing is vulnerable (exit status 3): other advisories may not have been imported.
    Affecting(affecting::AffectingArgs),
    /// Show what the feeds say about a vulnerability
    Show(show::ShowArgs),
    /// List the feeds: contents, age, and what was skipped and why
    Status,
    /// List running distributions and ecosystems that no feed covers, or covers only by fixes
    Gaps,
    /// Remove a feed and all its advisories
    Drop(DropArgs),
}

#[derive(Args)]
struct DropArgs {
    /// The feed's source, as shown by `assetctl advisories status`
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
