//! `images`: which images there are and how far their scans have come.

use clap::Args;
use proto_types::{ImageState, ListImages};

use crate::{
    args::PageArgs,
    ask::context::{Context, count},
    error::Result,
    exit::Exit,
    output::footer::Footer,
    words::choice::choice,
};

/// List images
#[derive(Args)]
pub(crate) struct ImagesArgs {
    /// Only images in this state
    #[arg(long, value_name = "STATE", value_parser = choice::<ImageState>())]
    state: Option<ImageState>,

    /// Only images that are running
    #[arg(long, conflicts_with = "not_running")]
    running: bool,

    /// Only images that are not running
    #[arg(long)]
    not_running: bool,

    #[command(flatten)]
    page: PageArgs,
}

pub(crate) async fn run(args: ImagesArgs, context: &Context<'_>) -> Result<Exit> {
    let request = ListImages {
        state: args.state,
        running: (args.running || args.not_running).then_some(args.running),
        digest_prefix: None,
        limit: args.page.limit,
        cursor: args.page.cursor,
    };
    let response = context.ask(&request).await?;
    context.out.list(&response, &response.images)?;
    context.say_footer(&Footer {
        shown: count(&response.images),
        total: response.total,
        truncated: response.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(Exit::Found)
}
