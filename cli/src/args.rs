//! The options that many commands take. Each command's own are in its file.

use clap::Args;
use proto_types::{Field, Match};

use crate::{
    ask::complete,
    error::Result,
    output::{Format, console::Out, flags::OutputArgs},
    settings::flags::ConnectionArgs,
    words::terms,
};

/// The options of every command.
#[derive(Args)]
pub(crate) struct GlobalArgs {
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    /// Log requests to standard error, never tokens; use twice for more detail
    #[arg(short, long, global = true, hide = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// What may be asked beside the terms.
#[derive(Args)]
pub(crate) struct TermArgs {
    /// Only on this host, or hosts matching a pattern: web1, 'web*'
    #[arg(long, value_name = "HOST", add = complete::hosts())]
    host: Option<String>,

    /// Only in this image: nginx, nginx:1.27, a digest or its first digits
    #[arg(long, value_name = "IMAGE", add = complete::images())]
    image: Option<String>,

    /// Only artifacts of this type: deb, npm
    #[arg(long = "type", value_name = "TYPE", add = complete::field(Field::Type))]
    artifact_type: Option<String>,

    /// Only these versions: '<3.0.15', '>=3,<3.0.15', '3.0.*'
    #[arg(long = "version", value_name = "VERSION", add = complete::field(Field::Version))]
    of_version: Option<String>,
}

impl TermArgs {
    /// What they mean.
    pub(crate) fn matches(&self) -> Result<Vec<Match>> {
        let mut matches = Vec::new();
        if let Some(text) = &self.of_version {
            matches.extend(terms::version(text)?);
        }
        if let Some(text) = &self.artifact_type {
            matches.push(terms::is(Field::Type, text)?);
        }
        if let Some(text) = &self.image {
            matches.extend(terms::image(text)?);
        }
        if let Some(text) = &self.host {
            matches.push(terms::is(Field::Host, text)?);
        }
        Ok(matches)
    }
}

/// Which part of a long list to show.
#[derive(Args)]
pub(crate) struct PageArgs {
    /// Maximum rows; 0 for all [default: 100 on a terminal, else all]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// Continue from a previous page
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,
}

impl PageArgs {
    /// How many rows to ask for. A program that reads a part would take it for the whole, and so
    /// would anybody who reads nothing but names.
    pub(crate) fn rows(&self, out: &Out) -> Option<u64> {
        let for_people = out.on_terminal && out.format != Format::Name;
        let wants_all = !for_people && !out.quiet;
        self.limit.or_else(|| wants_all.then_some(0))
    }
}
