//! `man`: the manual, made from the same definitions as the help texts.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, Command};
use clap_mangen::Man;

use crate::{
    error::{CliError, Result},
    exit::Exit,
    output::console::{Label, Out},
    tui,
};

/// Print the manual page, or write one for each command
#[derive(Args)]
pub(crate) struct ManArgs {
    /// Write a page for each command to this directory instead
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// Writes the manual of `program`.
pub(crate) fn run(args: &ManArgs, program: Command, out: &Out) -> Result<Exit> {
    match &args.dir {
        Some(dir) => write_all(dir, program, out)?,
        None => {
            let mut page = Vec::new();
            Man::new(program).render(&mut page)?;
            out.write(|writer| Ok(writer.write_all(&page)?))?;
        }
    }
    Ok(Exit::Found)
}

/// The page of the TUI has its keys besides.
fn add_keys(dir: &Path) -> io::Result<()> {
    let path = dir.join("assetctl-tui.1");
    let mut page = fs::OpenOptions::new().append(true).open(path)?;
    page.write_all(tui::keys_of_the_manual().as_bytes())
}

fn write_all(dir: &Path, program: Command, out: &Out) -> Result<()> {
    fs::create_dir_all(dir)
        .and_then(|()| clap_mangen::generate_to(program, dir))
        .and_then(|()| add_keys(dir))
        .map_err(|error| {
            CliError::failed(format!("cannot write the pages to {}", dir.display())).because(error)
        })?;
    out.say(Label::Plain, &format!("the pages are in {}", dir.display()));
    Ok(())
}
