//! What may be typed: the options of every command. Each command's own are in its file.

use clap::{Args, Parser, ValueEnum};

use crate::{commands::Command, complete, exit::exit_statuses, output::Format};

/// What stands under every help text, and in the man page.
const AFTER_HELP: &str = concat!(
    exit_statuses!(),
    "

Environment:
  ASSETCTL_SERVER, ASSETCTL_TOKEN, ASSETCTL_CONTEXT
      as --server, --token and --context, which win over them
  ASSETMON_SOCKET, ASSETMON_DATA_DIR
      where this machine's own server has its local socket
  NO_COLOR, CLICOLOR_FORCE, TERM=dumb
      whether there are colours, where --color doesn't say

Settings file, $XDG_CONFIG_HOME/assetctl/config.toml:
  current_context = \"prod\"
  [contexts.prod]
  server = \"https://assets.example.org\"
  token_file = \"prod.token\"

Without any of them, the local socket of a server on this machine is asked, which wants no token;
where there is none, http://127.0.0.1:8420."
);

/// Ask an assetmon server where an artifact runs
///
/// An artifact is a package as a scanner names it. assetctl says which images hold it, which
/// containers run them, on which hosts and since when; and on standard error, how much of the
/// fleet that answer covers.
#[derive(Parser)]
#[command(name = "assetctl", version, after_long_help = AFTER_HELP)]
#[command(max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The options of every command.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct GlobalArgs {
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,

    /// How to write the answer
    ///
    /// `name` prints each name once, sorted, one a line, for `| xargs`: of `find` the hosts, of
    /// `containers` HOST/NAME, of `images` the digests, of `diff` the artifacts that differ.
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "table"
    )]
    pub(crate) output: Format,

    /// Only these columns of a table or csv, in this order: `--columns host,version`
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Option<Vec<String>>,

    /// Leave the columns' names out
    #[arg(long, global = true)]
    pub(crate) no_headers: bool,

    /// Cut nothing, however narrow the terminal is
    #[arg(long, global = true)]
    pub(crate) no_trunc: bool,

    /// How to write times; `relative` on a terminal, `absolute` otherwise
    #[arg(long, global = true, value_name = "STYLE")]
    pub(crate) time: Option<TimeStyle>,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorWhen,

    /// Say nothing but errors: only the exit status counts
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Show the requests on standard error, without tokens; twice for more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Which server to ask.
#[derive(Args, Default)]
pub(crate) struct ConnectionArgs {
    /// The server to ask: `http://…`, `https://…` or `unix:PATH`
    #[arg(long, global = true, value_name = "SERVER")]
    pub(crate) server: Option<String>,

    /// The token to show it; others on this machine see it in `ps`, so prefer ASSETCTL_TOKEN or
    /// token_file
    #[arg(long, global = true, value_name = "TOKEN")]
    pub(crate) token: Option<String>,

    /// The context of the settings file to take both from
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) context: Option<String>,
}

/// Which part of a long list to show.
#[derive(Args)]
pub(crate) struct PageArgs {
    /// Show at most so many; 0 for all [default: 100]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,

    /// Go on from where an earlier answer ended
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,
}

/// A host's name.
#[derive(Args)]
pub(crate) struct HostNameArgs {
    /// The host's name
    #[arg(value_name = "NAME", add = complete::hosts())]
    pub(crate) name: String,
}

/// How to write times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimeStyle {
    /// 3d ago
    Relative,
    /// RFC 3339
    Absolute,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
