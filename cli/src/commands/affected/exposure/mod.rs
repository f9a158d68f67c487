//! `affected --exposure`: since when and until when hosts were exposed, and which were clean in time.

mod args;

use jiff::Timestamp;
use model::proof;
use proto_types::{AffectedRequest, During, ExposureRequest, ExposureResponse, FindRequest};

pub(super) use args::ExposureArgs;

use super::{evidence, given::Given, said};
use crate::{
    ask::{
        context::Context,
        doubt::{self, Typed},
        each,
        pages::{self, Shown},
    },
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Label, exposures, footer::Footer, rows::exposure::Clean},
};

/// What was typed, beside the question.
pub(super) struct Manner<'m> {
    /// What could be read of the advisories.
    pub(super) given: &'m Given,
    /// How terms were typed.
    pub(super) typed: &'m Typed,
    /// Whether only counts are wanted.
    pub(super) counts: bool,
    /// Whether the answer is to say what it stands for.
    pub(super) evidence: bool,
}

/// Asks, shows, and says by the exit status how much that is worth.
pub(super) async fn run(
    request: AffectedRequest,
    days: Vec<u32>,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    let out = context.out;
    let request = ExposureRequest::of(request, days);
    let counts = out.quiet || manner.counts;
    let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
    // Evidence must agree with itself: pages are of the commit of the first.
    let streams = streams && !manner.evidence;
    let streams = !counts && streams && request.limit == Some(0);
    let response = match counts || streams {
        true => head(&request, context).await?,
        false => context.ask(&request).await?,
    };
    check_meant(&request, &response, manner.typed, context).await?;
    say_summary(&request, &response, manner.given, context);
    if manner.evidence {
        let feeds = evidence::feeds(&request.ids, context).await?;
        let lines = exposures::evidence(
            (
                &subject(&request, &response, manner.given),
                &request,
                &response,
            ),
            &evidence::of(manner.given, &feeds),
            (&context.client.server().to_string(), &out.view.times),
        )?;
        evidence::write(&lines, context)?;
    }
    let shown = match (counts, streams) {
        (true, _) => {
            out.list(&response, &Clean::of(&response.within))?;
            Shown::default()
        }
        (false, true) => Shown {
            rows: each::shown(context.client.exposure_each(&request), context).await?,
            truncated: false,
        },
        (false, false) => pages::shown(&request, &response, context).await?,
    };
    context.say_footer(&footer(&request, &response, (shown, counts), context));
    Ok(exit(&response, &manner))
}

/// Asks for as little as the server answers.
async fn head(request: &ExposureRequest, context: &Context<'_>) -> Result<ExposureResponse> {
    let request = ExposureRequest {
        limit: Some(1),
        ..request.clone()
    };
    let mut response = context.ask(&request).await?;
    // The one result that had to be asked for is no part of a count.
    response.results = None;
    response.truncated = false;
    response.next_cursor = None;
    Ok(response)
}

fn subject(request: &ExposureRequest, response: &ExposureResponse, given: &Given) -> String {
    said::subject(&request.ids, response.advisories, given)
}

fn say_summary(
    request: &ExposureRequest,
    response: &ExposureResponse,
    given: &Given,
    context: &Context<'_>,
) {
    let out = context.out;
    let subject = subject(request, response, given);
    for line in exposures::lines(&subject, request, response, &out.view.times) {
        out.say(Label::Plain, &line);
    }
    said::say_left_out(response.left_out.as_ref(), context);
}

/// Refuses an empty answer to terms that can't have been meant so.
async fn check_meant(
    request: &ExposureRequest,
    response: &ExposureResponse,
    typed: &Typed,
    context: &Context<'_>,
) -> Result<()> {
    let is_everything = request.matches.is_empty() && request.any.is_empty();
    if is_everything || response.total > 0 {
        return Ok(());
    }
    let is_about_now = request.at.is_none() && request.during.is_none();
    let always = During {
        from: Timestamp::UNIX_EPOCH,
        to: response.as_of,
    };
    let find = FindRequest {
        matches: request.matches.clone(),
        any: request.any.clone(),
        at: request.at,
        during: request.during.or(is_about_now.then_some(always)),
        limit: Some(1),
        ..FindRequest::default()
    };
    let found = context.ask(&find).await?;
    doubt::check(&find, &found, typed, context).await
}

fn footer<'a>(
    request: &ExposureRequest,
    response: &'a ExposureResponse,
    (shown, counts): (Shown, bool),
    context: &Context<'_>,
) -> Footer<'a> {
    let whole = Footer {
        gaps_said: true,
        ..context.footer(&response.coverage, response.as_of)
    };
    match counts {
        true => whole,
        false => Footer {
            shown: shown.rows,
            total: response.total,
            truncated: shown.truncated,
            goes_on: request.cursor.is_some(),
            next_cursor: response.next_cursor.as_deref(),
            ..whole
        },
    }
}

/// Whether any host was exposed, and if not, whether that is proven.
fn exit(response: &ExposureResponse, manner: &Manner<'_>) -> Exit {
    let is_proven = manner.given.skipped == 0
        && proof::is_proof_of_no_exposure(response)
        && !manner.typed.is_doubted();
    match (response.total > 0, is_proven) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Nothing,
        (false, false) => Exit::Unproven,
    }
}

/// Refuses what doesn't go together, rather than ignoring half of it.
pub(super) fn check(evidence: bool, format: Format) -> Result<()> {
    if evidence && format != Format::Csv {
        return Err(CliError::failed("`--evidence` only works with `-o csv`")
            .hint("`-o json` always includes the coverage and the time"));
    }
    Ok(())
}
