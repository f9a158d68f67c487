//! `advisories affecting`: which of the advisories that were imported affect what runs now.

use clap::Args;
use proto_types::{AffectingResponse, ListAffecting, ListFeeds};

use super::status::NOTHING_IMPORTED;
use crate::{
    args::PageArgs,
    ask::{context::Context, pages},
    error::Result,
    exit::Exit,
    output::{
        console::Label,
        footer::Cut,
        number::{either, grouped},
        verdicts::bugfixes_left_aside,
    },
};

#[derive(Args)]
pub(super) struct AffectingArgs {
    /// Also list advisories for which it is unknown whether anything is affected
    #[arg(long)]
    unknown: bool,

    /// Also list advisories that vendor statements (VEX) excuse entirely
    #[arg(long)]
    excused: bool,

    /// Also list bug fix and enhancement notices (ALBA, RHEA)
    #[arg(long)]
    bugfixes: bool,

    /// Only vulnerabilities in CISA's catalog of exploited ones (KEV)
    #[arg(long)]
    kev: bool,

    #[command(flatten)]
    page: PageArgs,
}

pub(super) async fn run(args: AffectingArgs, context: &Context<'_>) -> Result<Exit> {
    let request = ListAffecting {
        unknown: args.unknown.then_some(true),
        excused: args.excused.then_some(true),
        bugfixes: args.bugfixes.then_some(true),
        kev: args.kev.then_some(true),
        limit: args.page.rows(context.out),
        cursor: args.page.cursor,
    };
    let response = context.ask(&request).await?;
    let shown = pages::shown(&request, &response, context).await?;
    let is_empty = response.advisories.is_empty() && request.cursor.is_none();
    if is_empty {
        let why = nothing(context).await?;
        context.out.say(Label::Plain, why);
    }
    say(&response, &request, (shown, context));
    Ok(match is_empty {
        true => Exit::Unproven,
        false => Exit::Found,
    })
}

/// Why an empty list proves nothing: it is of what was imported, and nobody imports all that there is.
async fn nothing(context: &Context<'_>) -> Result<&'static str> {
    let feeds = context.ask(&ListFeeds {}).await?.feeds;
    Ok(match feeds.is_empty() {
        true => NOTHING_IMPORTED,
        false => {
            "no imported advisory is known to affect anything that runs; `assetctl advisories gaps` lists what they don't cover"
        }
    })
}

fn say(
    response: &AffectingResponse,
    request: &ListAffecting,
    (shown, context): (pages::Shown, &Context<'_>),
) {
    let cut = Cut {
        shown: shown.rows,
        total: response.total,
        truncated: shown.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
    };
    if let Some(line) = cut.line() {
        context.out.say(Label::Plain, &line);
    }
    let unknown = "may affect something: `--unknown` lists them";
    let excused = "excused entirely by vendor statements (VEX): `--excused` lists them";
    for (more, wanted, what) in [
        (response.unknown_total, request.unknown, unknown),
        (response.excused_total, request.excused, excused),
    ] {
        if more > 0 && wanted.is_none() {
            let advisories = either(more, "advisory", "advisories");
            let line = format!("{} more {advisories} {what}", grouped(more));
            context.out.say(Label::Plain, &line);
        }
    }
    if let Some(line) = bugfixes_left_aside(response.bugfixes_left_aside) {
        context.out.say(Label::Plain, &line);
    }
    context.say_footer(&context.footer(&response.coverage, response.as_of));
}
