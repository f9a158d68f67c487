//! `advisories import`: reads feeds, and sends them while they are read.

use clap::Args;
use proto_types::{FeedImported, ImportFeed, Lists};

use super::{sending, source};
use crate::{
    ask::{context::Context, progress},
    error::{CliError, Result},
    exit::Exit,
    output::{
        console::Label,
        number::{counted, either, grouped},
    },
};

#[derive(Args)]
pub(super) struct ImportArgs {
    /// Feeds: files, folders, archives, or - for standard input
    #[arg(value_name = "PATH", required = true, value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<String>,

    /// Name of the feed's source [default: the file name without its extension]
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,

    /// The feed has everything its source publishes, so what it doesn't name isn't affected; implied for all.zip
    #[arg(long)]
    complete: bool,
}

pub(super) async fn run(args: ImportArgs, context: &Context<'_>) -> Result<Exit> {
    let complete = args.complete;
    let named = sources(args)?;
    let mut all = Vec::with_capacity(named.len());
    for (path, source) in named {
        let complete = complete || source::is_all(&path);
        let imported = one(&path, source, complete, context).await;
        let imported = imported.inspect_err(|_| say_before(&all, context))?;
        say(&imported, complete, context);
        all.push(imported);
    }
    context.out.list(&all, &all)?;
    Ok(Exit::Found)
}

/// Each path with the source that it is from.
fn sources(args: ImportArgs) -> Result<Vec<(String, String)>> {
    let named = match args.source {
        Some(source) => match <[String; 1]>::try_from(args.paths) {
            Ok([path]) => vec![(path, source)],
            Err(_) => {
                return Err(CliError::failed(
                    "`--source` names one feed, but there are several paths",
                )
                .hint("import each separately: an import replaces everything from its source"));
            }
        },
        None => {
            let paths = args.paths.into_iter();
            let named = paths.map(|path| Ok((source::of_path(&path)?, path)));
            let named = named.map(|one| one.map(|(source, path)| (path, source)));
            named.collect::<Result<Vec<_>>>()?
        }
    };
    for (at, (path, source)) in named.iter().enumerate() {
        if let Some((other, _)) = named.iter().take(at).find(|(_, one)| one == source) {
            let what = format!("`{other}` and `{path}` would both be the feed {source}");
            return Err(CliError::failed(what).hint(
                "an import replaces everything from its source: name one of them with `--source`",
            ));
        }
    }
    Ok(named)
}

async fn one(
    path: &str,
    source: String,
    complete: bool,
    context: &Context<'_>,
) -> Result<FeedImported> {
    let request = ImportFeed { source };
    let what = format!("importing {}", request.source);
    let sent = sending::send(path, complete, &request, &context.client);
    progress::shown(context.out.shows_progress, &what, sent).await
}

/// Says what was imported of several before one failed.
fn say_before(all: &[FeedImported], context: &Context<'_>) {
    if all.is_empty() {
        return;
    }
    let sources: Vec<&str> = all.iter().map(|one| one.feed.source.as_str()).collect();
    let line = format!("imported before that: {}", sources.join(", "));
    context.out.say(Label::Plain, &line);
}

fn say(imported: &FeedImported, complete: bool, context: &Context<'_>) {
    let FeedImported {
        feed,
        added,
        changed,
        removed,
    } = imported;
    let held = match feed.kind {
        Lists::Kev => counted(feed.entries, "exploited CVE"),
        Lists::Vex => counted(feed.entries, "statement"),
        Lists::Epss => counted(feed.entries, "score"),
        _ => {
            let advisories = either(feed.advisories, "advisory", "advisories");
            format!("{} {advisories}", grouped(feed.advisories))
        }
    };
    let line = format!(
        "{}: {held}; {} added, {} changed, {} removed",
        feed.source,
        grouped(*added),
        grouped(*changed),
        grouped(*removed)
    );
    context.out.say(Label::Plain, &line);
    for one in &feed.skipped {
        let times = counted(one.count, "time");
        let line = format!("left out, {times}: {}; first {}", one.reason, one.first);
        context.out.say(Label::Plain, &line);
    }
    if feed.kind == Lists::Part {
        let why = match complete {
            true => "records that could not be read may be the missing ones",
            false => "use `--complete` if it has everything that its source publishes",
        };
        let line = format!("what {} doesn't name stays unknown: {why}", feed.source);
        context.out.say(Label::Hint, &line);
    }
}
