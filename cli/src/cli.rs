//! All that may be typed: the program's own definition, over every command and every option.

use clap::{CommandFactory, Parser};

use crate::{args::GlobalArgs, ask::complete, commands::Command, exit::exit_statuses};

/// What stands under every help text, and in the man page.
const AFTER_HELP: &str = concat!(
    exit_statuses!(),
    "

Environment:
  ASSETCTL_SERVER, ASSETCTL_TOKEN, ASSETCTL_CONTEXT
      defaults for --server, --token, and --context
  ASSETCTL_CA_FILE, ASSETCTL_CERT_FILE, ASSETCTL_KEY_FILE
      defaults for --ca, --cert, and --key
  ASSETMON_SOCKET, ASSETMON_DATA_DIR
      where to find the local socket of a server on this machine
  NO_COLOR, CLICOLOR_FORCE, TERM=dumb
      turn colors off or on, unless --color is given

Settings file, $XDG_CONFIG_HOME/assetctl/config.toml:
  current_context = \"prod\"
  [contexts.prod]
  server = \"https://assets.example.org\"
  token_file = \"prod.token\"
  ca_file = \"ca.pem\"           # only if the server uses a private CA

Without any of these, assetctl uses the local socket of a server on this machine, which needs no
token, or else http://127.0.0.1:8420.

See `assetctl help options` for options that every command takes, such as -o and --server."
);

/// Ask an assetmon server where an artifact runs
///
/// An artifact is a package as a scanner names it. assetctl shows which images contain it, which
/// containers run them, on which hosts, and since when. How much of the fleet an answer covers is
/// printed to standard error.
#[derive(Parser)]
#[command(name = "assetctl", version, after_help = COMMON, after_long_help = AFTER_HELP)]
#[command(max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The line that stands under every command's help.
const COMMON: &str =
    "See `assetctl help options` for options that every command takes, such as -o and --server.";

/// All that may be typed, with the options of every command hidden but for `help options`: they
/// would drown each command's own.
pub(crate) fn program() -> clap::Command {
    let program = Cli::command();
    let common: Vec<_> = program
        .get_arguments()
        .filter(|one| one.is_global_set())
        .map(|one| one.clone().global(false).hide(false))
        .collect();
    program
        .mut_subcommands(names_common)
        .mut_subcommand("options", |options| options.args(common).after_help(""))
}

/// The same with every option in every place, for manuals and for the shell.
pub(crate) fn in_full() -> clap::Command {
    let shown = Cli::command().mut_args(|one| {
        let is_hidden = one.is_hide_set() && !one.is_global_set();
        one.hide(is_hidden)
    });
    // Here, since what completes them stands on the files that define them.
    shown
        .mut_arg("context", |one| one.add(complete::contexts()))
        .mut_arg("columns", |one| one.add(complete::column_names()))
}

/// Adds the line to a command and to those below it.
fn names_common(command: clap::Command) -> clap::Command {
    let command = command.mut_subcommands(names_common);
    let with = |text: Option<&clap::builder::StyledStr>| match text {
        Some(text) => format!("{text}\n\n{COMMON}"),
        None => COMMON.to_owned(),
    };
    let long = command.get_after_long_help().map(|text| with(Some(text)));
    let short = with(command.get_after_help());
    let command = command.after_help(short);
    match long {
        Some(long) => command.after_long_help(long),
        None => command,
    }
}

#[cfg(test)]
mod tests {
    use super::{in_full, program};

    #[test]
    fn the_definitions_do_not_contradict_each_other() {
        program().debug_assert();
        in_full().debug_assert();
    }
}
