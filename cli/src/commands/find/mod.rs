//! `find`: where artifacts run.

mod args;
mod came_and_went;
mod listed;
mod nearest;
mod request;
mod screen;
mod streamed;
mod watch;

use proto_types::{FindRequest, FindResponse};

pub(crate) use args::FindArgs;

use crate::{
    context::Context,
    error::{CliError, Result},
    exit::Exit,
    out::{Label, Out},
    output::{Format, evidence, summary},
};

/// What is done with an answer besides showing it.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// Only the counts are wanted.
    counts: bool,
    /// The answer carries what it stands for.
    evidence: bool,
}

/// Finds, shows, and says by the exit status how much that is worth.
pub(crate) async fn run(args: FindArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    check(&args, out)?;
    let manner = Manner {
        counts: args.count,
        evidence: args.evidence,
    };
    let watch = watch::Watch::from_args(&args, &out.now)?;
    let mut request = request::from_args(args, &out.now)?;
    if let Some(watch) = watch {
        return watch.run(request, manner, context).await;
    }
    let lists_results = request.group_by.is_none() && !request.cover && !manner.counts;
    if wants_all(lists_results, manner, out) && request.limit.is_none() {
        request.limit = Some(0);
    }
    let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
    if out.quiet || manner.counts {
        listed::counted(&request, manner, context).await
    } else if lists_results && streams && request.limit == Some(0) {
        streamed::run(&request, manner, context).await
    } else {
        listed::run(&request, manner, context).await
    }
}

/// The hosts of the first hundred results would look like all of them, and evidence that is cut
/// is none.
fn wants_all(lists_results: bool, manner: Manner, out: &Out) -> bool {
    manner.evidence || (lists_results && out.format == Format::Name)
}

/// Refuses what doesn't go together, rather than ignoring half of it.
fn check(args: &FindArgs, out: &Out) -> Result<()> {
    if args.count && out.format == Format::Name {
        return Err(CliError::failed("`--count` has no names to print")
            .hint("`--count --columns hosts --no-headers` prints a number alone"));
    }
    if args.evidence && out.format != Format::Csv {
        return Err(CliError::failed("`--evidence` goes with `-o csv` only")
            .hint("`-o json` carries the coverage and the time by itself"));
    }
    Ok(())
}

/// Says what was found, before the rows.
fn say_summary(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    let out = context.out;
    out.say(
        Label::Plain,
        &summary::line(request, response, &out.view.times),
    );
}

/// Writes what the answer stands for into the answer, where that is wanted.
fn write_evidence(
    request: &FindRequest,
    response: &FindResponse,
    manner: Manner,
    context: &Context<'_>,
) -> Result<()> {
    if !manner.evidence {
        return Ok(());
    }
    let server = context.client.server().to_string();
    let lines = evidence::lines(request, response, &server, &context.out.view.times)?;
    context.out.write(|writer| {
        for line in &lines {
            writeln!(writer, "# {line}")?;
        }
        Ok(())
    })
}

/// Says what else could be asked.
async fn say_what_else(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    if let Some(line) = summary::related(request, &response.related) {
        context.out.say(Label::Plain, &line);
    }
    if response.total == 0 && !context.out.quiet {
        nearest::say(request, response, context).await;
    }
}

/// Whether something was found, and if not, whether that proves anything.
const fn exit(response: &FindResponse, shown: u64) -> Exit {
    match (response.total > 0 || shown > 0, response.coverage.complete) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Nothing,
        (false, false) => Exit::Unproven,
    }
}
