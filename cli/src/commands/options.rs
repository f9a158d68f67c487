//! `options`: the options that every command takes.

use clap::{Args, Command};

use crate::{error::Result, exit::Exit, output::console::Out};

/// Show the options that every command takes
///
/// They can be given before or after the command.
#[derive(Args)]
pub(crate) struct OptionsArgs {}

/// Writes the help of the options of `program`.
pub(crate) fn run(mut program: Command, out: &Out) -> Result<Exit> {
    program.build();
    let help = program
        .find_subcommand_mut("options")
        .map(|options| options.render_long_help().to_string())
        .unwrap_or_default();
    out.write(|writer| Ok(write!(writer, "{help}")?))?;
    Ok(Exit::Found)
}
