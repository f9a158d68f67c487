//! `advisories list`: the advisories that were imported.

use clap::Args;
use proto_types::ListAdvisories;

use crate::{
    args::PageArgs,
    ask::{complete, context::Context, pages},
    error::Result,
    exit::Exit,
    output::{console::Label, footer::Cut},
};

#[derive(Args)]
pub(super) struct ListArgs {
    /// Only ids that start with this: DSA-, CVE-2024-
    #[arg(value_name = "PREFIX", add = complete::advisories())]
    prefix: Option<String>,

    /// Only advisories from this source
    #[arg(long, value_name = "SOURCE", add = complete::feeds())]
    source: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

pub(super) async fn run(args: ListArgs, context: &Context<'_>) -> Result<Exit> {
    let request = ListAdvisories {
        source: args.source,
        id_prefix: args.prefix,
        limit: args.page.rows(context.out),
        cursor: args.page.cursor,
    };
    let response = context.ask(&request).await?;
    let shown = pages::shown(&request, &response, context).await?;
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
    Ok(Exit::Found)
}
