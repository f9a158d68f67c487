//! `find`: where artifacts run.

mod args;
mod listed;
mod request;
mod streamed;

use proto_types::{FindRequest, FindResponse};

pub(crate) use args::FindArgs;

use crate::{
    context::Context,
    error::{CliError, Result},
    exit::Exit,
    out::Label,
    output::{Format, summary},
};

/// Finds, shows, and says by the exit status how much that is worth.
pub(crate) async fn run(args: FindArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if args.count && out.format == Format::Name {
        return Err(CliError::failed("`--count` has no names to print")
            .hint("`--count --columns hosts --no-headers` prints a number alone"));
    }
    let count = args.count;
    let mut request = request::from_args(args, &out.now)?;
    let lists_results = request.group_by.is_none() && !request.cover && !count;
    if lists_results && out.format == Format::Name && request.limit.is_none() {
        // The hosts of the first hundred results would look like all of them.
        request.limit = Some(0);
    }
    let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
    if out.quiet || count {
        listed::counted(&request, context).await
    } else if lists_results && streams && request.limit == Some(0) {
        streamed::run(&request, context).await
    } else {
        listed::run(&request, context).await
    }
}

/// Says what was found, before the rows.
fn say_summary(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    let out = context.out;
    out.say(
        Label::Plain,
        &summary::line(request, response, &out.view.times),
    );
}

/// Says what else could be asked.
fn say_related(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    if let Some(line) = summary::related(request, &response.related) {
        context.out.say(Label::Plain, &line);
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
