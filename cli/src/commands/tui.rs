//! `tui`: interactive exploration, from an artifact to the hosts.

use std::io::{self, IsTerminal};

use clap::Args;
use proto_types::Match;

use crate::{
    args::TermArgs,
    ask::complete,
    error::{CliError, Result},
    exit::Exit,
    output::console::{Out, is_dumb},
    settings::{Origin, Setting, Settings, flags::ConnectionArgs},
    tui::{self, Session},
    words::{terms, times},
};

/// What stands under the help text.
const AFTER_HELP: &str = "\
Settings, in the settings file:
  [tui]
  refresh_seconds = 30        # 0: never
  wheel = false               # true: the mouse wheel scrolls; select text with Shift
  [tui.keys]
  export = [\"e\", \"ctrl-s\"]    # `assetctl tui --keys` lists the names

Examples:
  assetctl tui
  assetctl tui openssl
  assetctl tui openssl 'version<3.0.15'
  assetctl tui --at 2026-03-28T12:00Z";

/// Explore interactively: artifacts, versions, images, containers, hosts
///
/// Opens at the artifact that the terms name, or else at a search for them. Press `?` for the keys.
#[derive(Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct TuiArgs {
    /// Where to open: terms as in `find`
    #[arg(value_name = "TERM", add = complete::terms())]
    terms: Vec<String>,

    #[command(flatten)]
    only: TermArgs,

    /// Show what ran at this time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", add = complete::times())]
    at: Option<String>,

    /// List the keys and what they do, then exit
    #[arg(long)]
    keys: bool,
}

pub(crate) fn run(args: &TuiArgs, settings: &Settings, out: &Out) -> Result<Exit> {
    if args.keys {
        return list_keys(settings, out);
    }
    let at = args.at.as_deref();
    let at = at.map(|text| times::moment(text, &out.now)).transpose()?;
    check_terminal()?;
    let client = settings.client()?;
    let first = session(settings, out);
    let matches = matches(args)?;
    let connect = |context: &str| {
        let flags = ConnectionArgs {
            context: Some(context.to_owned()),
            ..ConnectionArgs::default()
        };
        let settings = Settings::resolve(&flags)?;
        Ok((settings.client()?, session(&settings, out)))
    };
    tui::run(client, first, &settings.tui, &matches, at, &connect)?;
    Ok(Exit::Found)
}

fn session(settings: &Settings, out: &Out) -> Session {
    Session {
        server: settings.server.value.to_string(),
        context: settings.context_asked().map(str::to_owned),
        contexts: settings.contexts.clone(),
        connection: connection(settings),
        zone: out.now.time_zone().clone(),
        color: out.view.color,
    }
}

/// What the terms and the options mean.
fn matches(args: &TuiArgs) -> Result<Vec<Match>> {
    let mut matches = terms::read(&args.terms)?.matches;
    matches.extend(args.only.matches()?);
    terms::check_together(&matches)?;
    Ok(matches)
}

fn list_keys(settings: &Settings, out: &Out) -> Result<Exit> {
    let (_, keymap) = settings.tui.resolve()?;
    let lines = tui::key_table(&keymap);
    out.write(|writer| {
        for (name, keys, help) in lines {
            writeln!(writer, "{name:<14}  {keys:<20}  {help}")?;
        }
        Ok(())
    })?;
    Ok(Exit::Found)
}

fn check_terminal() -> Result<()> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(
            CliError::failed("the TUI needs a terminal").hint("`assetctl find` works in a pipe")
        );
    }
    if is_dumb() {
        return Err(CliError::failed(
            "the TUI needs a terminal that can move its cursor; TERM says it can't",
        )
        .hint("set TERM to match the terminal: xterm-256color for most"));
    }
    let is_verbose = tracing::enabled!(target: "client", tracing::Level::DEBUG);
    if is_verbose && io::stderr().is_terminal() {
        return Err(CliError::failed("`-v` would write over the TUI")
            .hint("send standard error to a file: `assetctl -v tui 2>requests.log`"));
    }
    Ok(())
}

/// The words that make `assetctl` ask the same server; none where it finds it by itself.
fn connection(settings: &Settings) -> Vec<String> {
    let server = &settings.server;
    let mut words = match (&settings.context, &server.origin) {
        (_, Origin::Flag(_)) => vec!["--server".to_owned(), server.value.to_string()],
        (Some(context), _) if matches!(context.origin, Origin::Flag(_)) => {
            vec!["--context".to_owned(), context.value.clone()]
        }
        _ => Vec::new(),
    };
    if let Some(Setting {
        value,
        origin: Origin::Flag(name),
    }) = &settings.ca_file
    {
        words.extend([(*name).to_owned(), value.display().to_string()]);
    }
    words
}
