//! `changes`: runs that started and stopped, and artifacts that appeared first.

mod follow;

use clap::Args;
use proto_types::{ChangeKind, ChangesResponse, ListChanges};

use crate::{
    args::PageArgs,
    ask::{
        complete,
        context::{Context, count},
        resolve,
    },
    error::Result,
    exit::Exit,
    output::{
        console::Label,
        number::{counted, grouped},
    },
    words::times,
};

/// List what changed, or follow changes as they happen
///
/// Runs that started or stopped, and artifacts that the fleet had never held before, oldest
/// first. With --host, only that host's runs. To see how a host's artifacts changed, use
/// `assetctl diff host:web1@yesterday host:web1`.
#[derive(Args)]
pub(crate) struct ChangesArgs {
    /// Since when: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", required_unless_present_any = ["follow", "cursor"])]
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
    let now = &context.out.now;
    let since = args
        .since
        .map(|text| times::moment(&text, now))
        .transpose()?;
    if args.follow {
        return follow::run(since, args.host, context).await;
    }
    let request = ListChanges {
        since,
        host: args.host,
        limit: args.page.limit,
        cursor: args.page.cursor,
    };
    let answer = context.ask(&request).await;
    let host = request.host.as_deref().unwrap_or_default();
    let response = resolve::with_nearest_host(context, host, answer).await?;
    context.out.say(Label::Plain, &sentence(&response));
    context.out.list(&response, &response.changes)?;
    if response.truncated {
        say_cut(&response, context);
    }
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(Exit::Found)
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
fn say_cut(response: &ChangesResponse, context: &Context<'_>) {
    let shown = grouped(count(&response.changes));
    let cursor = response.next_cursor.as_deref();
    let on = cursor.map(|cursor| format!("; --cursor {cursor} for the next"));
    let line = format!(
        "the first {shown} shown (--limit 0 for all{})",
        on.unwrap_or_default()
    );
    context.out.say(Label::Plain, &line);
}
