//! `man`: the manual, made from the same definitions as the help texts.

use std::path::PathBuf;

use clap::{Args, Command};
use terminal::manual::Manual;

use crate::{
    error::{CliError, Result},
    exit::{Exit, exit_statuses},
    output::console::{Label, Out},
    tui,
};

/// Sections of the program's own page that its help text has no room for.
const MORE: &str = "\
Examples:
  assetctl find 'openssl<3.0.15'
  assetctl affected CVE-2024-6119
  assetctl diff host:web1@yesterday host:web1
  assetctl status
  assetctl tui";

/// Print the manual page, or write one for each command
#[derive(Args)]
pub(crate) struct ManArgs {
    /// Write a page for each command to this directory instead
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Writes the manual of `program`.
pub(crate) fn run(args: &ManArgs, program: Command, out: &Out) -> Result<Exit> {
    let keys = tui::keys_of_the_manual();
    let manual = Manual {
        program: concat!("assetctl ", env!("CARGO_PKG_VERSION")),
        more: MORE,
        everywhere: exit_statuses!(),
        see_also: &["assetmon-server(1)", "assetmon-agent(1)"],
        further: Some(("tui", &keys)),
    };
    let Some(dir) = &args.dir else {
        let pages = manual.pages(program)?;
        let page = pages.first().map_or("", |page| page.text.as_str());
        out.write(|writer| Ok(writer.write_all(page.as_bytes())?))?;
        return Ok(Exit::Found);
    };
    let written = manual.write(program, dir).map_err(|error| {
        CliError::failed(format!("cannot write the pages to {}", dir.display())).because(error)
    })?;
    let line = format!("wrote {written} pages to {}", dir.display());
    out.say(Label::Plain, &line);
    Ok(Exit::Found)
}
