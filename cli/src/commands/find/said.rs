//! What is said beside the rows of an answer, and what the answer is worth.

use model::proof;
use proto_types::{FindRequest, FindResponse};

use super::{manner::Manner, nearest, of_source};
use crate::{
    ask::{context::Context, doubt::Typed},
    error::Result,
    exit::Exit,
    output::{console::Label, evidence, summary},
};

/// Says what was found, before the rows.
pub(super) fn say_summary(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    let out = context.out;
    out.say(
        Label::Plain,
        &summary::line(request, response, &out.view.times),
    );
}

/// Writes what the answer stands for into the answer, where that is wanted.
pub(super) fn write_evidence(
    request: &FindRequest,
    response: &FindResponse,
    manner: Manner<'_>,
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
pub(super) async fn say_what_else(
    request: &FindRequest,
    response: &FindResponse,
    context: &Context<'_>,
) {
    if let Some(line) = summary::related(request, &response.related) {
        context.out.say(Label::Plain, &line);
    }
    of_source::say(request, context);
    if response.total == 0 && !context.out.quiet {
        nearest::say(request, response, context).await;
    }
}

/// Whether something was found, and if not, whether that proves anything.
pub(super) fn exit(response: &FindResponse, shown: u64, manner: Manner<'_>) -> Exit {
    let found = response.total > 0 || shown > 0;
    let is_doubted = manner.typed.is_some_and(Typed::is_doubted);
    match (found, proof::is_proof(&response.coverage) && !is_doubted) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Nothing,
        (false, false) => Exit::Unproven,
    }
}
