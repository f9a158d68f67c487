//! All that may be typed: the program's own definition, over every command and every option.

use clap::{CommandFactory, Parser};
use clap_complete::CompleteEnv;

use crate::{args::GlobalArgs, ask::complete, commands::Command, exit::exit_statuses};

/// What stands under every help text, and in the man page.
const AFTER_HELP: &str = concat!(
    exit_statuses!(),
    "

Environment:
  ASSETCTL_SERVER, ASSETCTL_TOKEN, ASSETCTL_CONTEXT
      defaults for --server, --token and --context
  ASSETCTL_CA_FILE, ASSETCTL_CERT_FILE, ASSETCTL_KEY_FILE
      defaults for --ca, --cert and --key
  ASSETMON_SOCKET, ASSETMON_DATA_DIR
      where to find the local socket of a server on this machine
  NO_COLOR, CLICOLOR_FORCE, TERM=dumb
      turn colors off or on where --color is not given

Settings file, $XDG_CONFIG_HOME/assetctl/config.toml:
  current_context = \"prod\"
  [contexts.prod]
  server = \"https://assets.example.org\"
  token_file = \"prod.token\"
  ca_file = \"ca.pem\"           # where its certificate is of a CA of your own

Without any of these, assetctl uses the local socket of a server on this machine, which needs no
token, or http://127.0.0.1:8420 if there is none."
);

/// Ask an assetmon server where an artifact runs
///
/// An artifact is a package as a scanner names it. assetctl shows which images contain it, which
/// containers run them, on which hosts and since when. How much of the fleet the answer covers is
/// printed to standard error.
#[derive(Parser)]
#[command(name = "assetctl", version, after_long_help = AFTER_HELP)]
#[command(max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Answers the shell and ends, where it was the shell that asked.
pub(crate) fn answer_shell() {
    CompleteEnv::with_factory(Cli::command)
        .var(complete::VARIABLE)
        .bin("assetctl")
        .complete();
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_definitions_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }
}
