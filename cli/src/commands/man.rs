//! `man`: the manual, made from the same definitions as the help texts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, Command};
use clap_mangen::Man;

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

fn write_all(dir: &Path, program: Command, out: &Out) -> Result<()> {
    fs::create_dir_all(dir)
        .and_then(|()| clap_mangen::generate_to(program, dir))
        .map_err(|error| {
            CliError::failed(format!("cannot write the pages to {}", dir.display())).because(error)
        })?;
    out.say(Label::Plain, &format!("the pages are in {}", dir.display()));
    Ok(())
}
