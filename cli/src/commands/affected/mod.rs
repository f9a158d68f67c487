//! `affected`: what advisories mean for what runs.

mod args;
mod asked;
mod evidence;
mod explained;
mod exposure;
mod feeds;
mod given;
mod grouped;
mod request;
mod said;
mod shown;
mod watch;
mod ways;

pub(crate) use args::AffectedArgs;

use self::{asked::Asked, given::Given};
use crate::{
    ask::{context::Context, watch::Watch},
    error::{CliError, Result},
    exit::Exit,
    output::{Format, console::Label, number::counted},
};

/// Reads the advisories, asks, shows, and says by the exit status how much that is worth.
pub(crate) async fn run(args: AffectedArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    if args.ways.count && out.format == Format::Name {
        return Err(CliError::failed("`--count` cannot be used with `-o name`")
            .hint("`--count --columns hosts --no-headers` prints just the number"));
    }
    if args.ways.explain.is_some() {
        explained::check(out)?;
    }
    let every = args.ways.watch.as_deref();
    let watch = every.map(|every| Watch::new(every, args.ways.exit_when_empty, &out.now));
    let watch = watch.transpose()?;
    request::check(&args)?;
    exposure::check(args.exposure.evidence, out.format)?;
    let mut given = given::read(&args.advisories)?;
    say_skipped(&given, context);
    // Evidence that is cut is none.
    let all = args.exposure.evidence.then_some(0);
    let rows = args.page.rows(out).or(all);
    let (mut request, typed) = request::from_args(&args, &mut given, out)?;
    if args.exposure.exposure {
        request.limit = rows;
        let manner = exposure::Manner {
            given: &given,
            typed: &typed,
            counts: args.ways.count,
            evidence: args.exposure.evidence,
        };
        return exposure::run(request, args.exposure.within, manner, context).await;
    }
    let mut asked = Asked {
        request,
        typed,
        given,
        named: args.verdicts,
        counts: out.quiet || args.ways.count,
        evidence: args.exposure.evidence,
    };
    match watch {
        Some(watch) => watch::run(watch, asked, context).await,
        None => {
            if !asked.request.explain {
                asked.request.limit = rows;
            }
            asked.once(context).await
        }
    }
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
