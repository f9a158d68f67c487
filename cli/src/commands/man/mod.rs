//! `man`: the manual, made from the same definitions as the help texts.

mod page;

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, Command};

use self::page::Page;
use crate::{
    error::{CliError, Result},
    exit::Exit,
    output::console::{Label, Out},
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
    let mut program = program.disable_help_subcommand(true);
    program.build();
    match &args.dir {
        Some(dir) => write_all(dir, &program, out)?,
        None => {
            let page = Page::of(&program)?;
            out.write(|writer| Ok(writer.write_all(&page.text)?))?;
        }
    }
    Ok(Exit::Found)
}

fn write_all(dir: &Path, program: &Command, out: &Out) -> Result<()> {
    let mut pages = Vec::new();
    collect(program, &mut pages)?;
    let write = || {
        fs::create_dir_all(dir)?;
        let mut pages = pages.iter();
        pages.try_for_each(|page| fs::write(dir.join(&page.file), &page.text))
    };
    write().map_err(|error| {
        CliError::failed(format!("cannot write the pages to {}", dir.display())).because(error)
    })?;
    out.say(
        Label::Plain,
        &format!("wrote {} pages to {}", pages.len(), dir.display()),
    );
    Ok(())
}

/// The pages of a command and of those below it.
fn collect(command: &Command, pages: &mut Vec<Page>) -> Result<()> {
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        collect(one, pages)?;
    }
    pages.push(Page::of(command)?);
    Ok(())
}
