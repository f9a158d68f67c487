//! `changes`: runs that started and stopped, and artifacts that appeared first.

mod follow;

use clap::Args;
use proto_types::{ChangeKind, ChangesResponse, ListChanges};

use crate::{
    args::PageArgs,
    ask::{complete, context::Context, pages, resolve},
    error::Result,
    exit::Exit,
    output::{
        console::Label,
        number::{counted, grouped},
    },
    words::times,
};

/// How far back it looks where nothing is said.
const LAST: &str = "24h";

/// List what changed, or follow changes as they happen
///
/// Runs that started or stopped, and artifacts that the fleet had never held before, oldest
/// first. With --host, only that host's runs. Without --since, those of the last 24 hours. To see how a host's artifacts changed, use
/// `assetctl diff host:web1@yesterday host:web1`.
#[derive(Args)]
pub(crate) struct ChangesArgs {
    /// Start time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday [default: 24h]
    #[arg(long, value_name = "TIME", add = complete::times())]
    since: Option<String>,

    /// Only runs on this host
    #[arg(long, value_name = "HOST", add = complete::hosts())]
    host: Option<String>,

    /// Print changes as they happen, until Ctrl-C; without --since, from now on
    ///
    /// Without a terminal, each change is an NDJSON line. After a lost connection, it resumes where
    /// it stopped.
    #[arg(long, conflicts_with_all = ["limit", "cursor"])]
    follow: bool,

    #[command(flatten)]
    page: PageArgs,
}

pub(crate) async fn run(args: ChangesArgs, context: &Context<'_>) -> Result<Exit> {
    let is_told_nothing = args.since.is_none() && args.page.cursor.is_none() && !args.follow;
    let since = args.since.as_deref().or(is_told_nothing.then_some(LAST));
    let since = since
        .map(|text| times::moment(text, &context.out.now))
        .transpose()?;
    if args.follow {
        return follow::run(since, args.host, context).await;
    }
    let request = ListChanges {
        since,
        host: args.host,
        limit: args.page.rows(context.out),
        cursor: args.page.cursor,
    };
    let answer = context.ask(&request).await;
    let host = request.host.as_deref().unwrap_or_default();
    let response = resolve::with_nearest_host(context, host, answer).await?;
    say_what(&response, is_told_nothing, context);
    let shown = pages::shown(&request, &response, context).await?;
    if shown.truncated {
        say_cut(shown.rows, &response, context);
    }
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(Exit::Found)
}

/// Says how much changed, and since when where nobody said that.
fn say_what(response: &ChangesResponse, is_told_nothing: bool, context: &Context<'_>) {
    let since = if is_told_nothing {
        "in the last 24 hours (--since TIME for more): "
    } else {
        ""
    };
    let more = if response.truncated { ", and more" } else { "" };
    let line = format!("{since}{}{more}", sentence(response));
    context.out.say(Label::Plain, &line);
}

/// `3 stopped, 4 started, 31 artifacts appeared`; what is listed and no more.
fn sentence(response: &ChangesResponse) -> String {
    let of = |kind| {
        let fitting = response.changes.iter().filter(|one| one.kind == kind);
        u64::try_from(fitting.count()).unwrap_or(u64::MAX)
    };
    let said: Vec<String> = [
        (of(ChangeKind::Stopped), "run", "stopped"),
        (of(ChangeKind::Started), "run", "started"),
        (of(ChangeKind::Appeared), "artifact", "appeared first"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, what, verb)| format!("{} {verb}", counted(count, what)))
    .collect();
    if said.is_empty() {
        return "nothing changed".to_owned();
    }
    said.join(", ")
}

/// How many there are in all isn't known: a list of changes has no end.
fn say_cut(shown: u64, response: &ChangesResponse, context: &Context<'_>) {
    let shown = grouped(shown);
    // People have no use for a cursor: they ask for all, or for less.
    let cursor = response.next_cursor.as_deref();
    let cursor = cursor.filter(|_| !context.out.on_terminal);
    let on = cursor.map(|cursor| format!("; --cursor {cursor} for the next"));
    let line = format!(
        "the first {shown} shown (--limit 0 for all{})",
        on.unwrap_or_default()
    );
    context.out.say(Label::Plain, &line);
}
