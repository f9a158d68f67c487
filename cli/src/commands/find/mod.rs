//! `find`: where artifacts run.

mod args;
mod listed;
mod manner;
mod nearest;
mod of_source;
mod request;
mod said;
mod streamed;
mod watch;

pub(crate) use args::FindArgs;

use self::manner::Manner;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Out},
};

/// Finds, shows, and says by the exit status how much that is worth.
pub(crate) async fn run(args: FindArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    check(&args, out)?;
    let (counts, evidence) = (args.count, args.evidence);
    let rows = args.page.rows(out);
    let watch = watch::from_args(&args, context)?;
    let (mut request, typed) = request::from_args(args, &out.now)?;
    let manner = Manner {
        counts,
        evidence,
        typed: Some(&typed),
    };
    if let Some(watch) = watch {
        return watch::run(watch, request, manner, context).await;
    }
    let lists_results = request.group_by.is_none() && !request.cover && !manner.counts;
    // Evidence that is cut is none.
    request.limit = rows.or(evidence.then_some(0));
    let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
    if out.quiet || manner.counts {
        listed::counted(&request, manner, context).await
    } else if lists_results && streams && request.limit == Some(0) {
        streamed::run(&request, manner, context).await
    } else {
        listed::run(&request, manner, context).await
    }
}

/// Refuses what doesn't go together, rather than ignoring half of it.
fn check(args: &FindArgs, out: &Out) -> Result<()> {
    if args.count && out.format == Format::Name {
        return Err(CliError::failed("`--count` cannot be used with `-o name`")
            .hint("`--count --columns hosts --no-headers` prints just the number"));
    }
    if args.evidence && out.format != Format::Csv {
        return Err(CliError::failed("`--evidence` only works with `-o csv`")
            .hint("`-o json` always includes the coverage and the time"));
    }
    Ok(())
}
