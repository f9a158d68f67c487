//! `affected`: what advisories mean for what runs.

mod args;
mod feeds;
mod given;
mod request;
mod shown;

use model::proof;
use proto_types::{AffectedRequest, AffectedResponse, FindRequest};

pub(crate) use args::AffectedArgs;

use self::given::Given;
use crate::{
    ask::{
        context::Context,
        doubt::{self, Typed},
        each,
    },
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Label, number::counted, verdicts},
};

/// Reads the advisories, asks, shows, and says by the exit status how much that is worth.
pub(crate) async fn run(args: AffectedArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if args.count && out.format == Format::Name {
        return Err(CliError::failed("`--count` cannot be used with `-o name`")
            .hint("`--count --columns hosts --no-headers` prints a number alone"));
    }
    let mut given = given::read(&args.advisories)?;
    say_skipped(&given, context);
    let (mut request, typed) = request::from_args(&args, &mut given, &out.now)?;
    let counts = out.quiet || args.count;
    // The hosts of the first hundred results would look like all of them.
    if !counts && out.format == Format::Name && request.limit.is_none() {
        request.limit = Some(0);
    }
    let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
    let streams = !counts && streams && request.limit == Some(0);
    let response = match counts || streams {
        true => shown::head(&request, context).await?,
        false => context.ask(&request).await?,
    };
    check_meant(&request, &response, &typed, context).await?;
    say_summary(&request, &response, &given, context);
    let shown = match (counts, streams) {
        (true, _) => {
            shown::counts(&args.verdicts, &response, context)?;
            0
        }
        (false, true) => each::shown(context.client.affected_each(&request), context).await?,
        (false, false) => shown::listed(&response, context)?,
    };
    match counts {
        true => context.say_footer(&shown::counted_footer(&response, context)),
        false => context.say_footer(&shown::footer(&request, &response, shown, context)),
    }
    Ok(exit(&request, &response, &given, &typed))
}

/// Says what could not be read of the advisories.
fn say_skipped(given: &Given, context: &Context<'_>) {
    for skipped in &given.named {
        context
            .out
            .say(Label::Warning, &format!("left out: {skipped}"));
    }
    let named = u64::try_from(given.named.len()).unwrap_or(u64::MAX);
    let more = given.skipped.saturating_sub(named);
    if more > 0 {
        let more = counted(more, "more part");
        context
            .out
            .say(Label::Warning, &format!("left out: {more}"));
    }
}

/// Says what was found, before the rows.
fn say_summary(
    request: &AffectedRequest,
    response: &AffectedResponse,
    given: &Given,
    context: &Context<'_>,
) {
    let out = context.out;
    // A vulnerability is called as it was asked for, however many advisories speak of it.
    let count = match request.ids.is_empty() {
        true => response.advisories,
        false => 1,
    };
    let subject = verdicts::subject(count, given.first.as_ref());
    let line = verdicts::line(&subject, request, response, &out.view.times);
    out.say(Label::Plain, &line);
    let left_out = response.left_out.iter().flat_map(|one| &one.items);
    for one in left_out {
        let line = format!("left out: {}: {}", one.advisory, one.reason);
        out.say(Label::Warning, &line);
    }
}

/// Refuses an empty answer to terms that can't have been meant so.
async fn check_meant(
    request: &AffectedRequest,
    response: &AffectedResponse,
    typed: &Typed,
    context: &Context<'_>,
) -> Result<()> {
    if request.matches.is_empty() || response.total > 0 {
        return Ok(());
    }
    let find = FindRequest {
        limit: Some(1),
        cursor: None,
        ..request.as_find()
    };
    let found = context.ask(&find).await?;
    doubt::check(&find, &found, typed, context).await
}

/// Whether something of the wanted verdicts was found, and if not, whether that proves anything.
fn exit(
    request: &AffectedRequest,
    response: &AffectedResponse,
    given: &Given,
    typed: &Typed,
) -> Exit {
    let of_each = request.verdicts.iter().map(|one| response.summary.of(*one));
    let is_any = of_each.map(|one| one.containers).sum::<u64>() > 0;
    let is_proven =
        given.skipped == 0 && proof::is_proof_of_verdicts(response) && !typed.is_doubted();
    match (is_any, is_proven) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Nothing,
        (false, false) => Exit::Unproven,
    }
}
