//! `containers`: what runs where.

use clap::Args;
use proto_types::{Field, ListContainers};

use crate::{
    args::PageArgs,
    ask::{complete, context::Context, doubt, pages, resolve},
    error::Result,
    exit::Exit,
    output::footer::Footer,
    words::times,
};

/// List containers
#[derive(Args)]
pub(crate) struct ContainersArgs {
    /// Only on this host
    #[arg(long, value_name = "HOST", add = complete::hosts())]
    host: Option<String>,

    /// Only containers with this name
    #[arg(long, value_name = "NAME", add = complete::field(Field::Container))]
    name: Option<String>,

    /// Only containers of this image: its name, digest, or the first digits of the digest
    #[arg(long, value_name = "IMAGE", add = complete::images())]
    image: Option<String>,

    /// What ran at this time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", add = complete::times())]
    at: Option<String>,

    #[command(flatten)]
    page: PageArgs,
}

pub(crate) async fn run(args: ContainersArgs, context: &Context<'_>) -> Result<Exit> {
    let out = context.out;
    let at = args
        .at
        .map(|text| times::moment(&text, &out.now))
        .transpose()?;
    let image_digest = match &args.image {
        Some(typed) => Some(resolve::image(context, typed).await?),
        None => None,
    };
    let request = ListContainers {
        host: args.host,
        name: args.name,
        image_digest,
        at,
        limit: args.page.rows(out),
        cursor: args.page.cursor,
    };
    let response = context.ask(&request).await?;
    if let (true, Some(host)) = (response.containers.is_empty(), &request.host) {
        doubt::check_host(host, request.at, context).await?;
    }
    if let (true, Some(digest)) = (response.containers.is_empty(), request.image_digest) {
        doubt::check_digest(&digest.to_string(), context).await?;
    }
    let shown = pages::shown(&request, &response, context).await?;
    context.say_footer(&Footer {
        shown: shown.rows,
        total: response.total,
        truncated: shown.truncated,
        goes_on: request.cursor.is_some(),
        next_cursor: response.next_cursor.as_deref(),
        ..context.footer(&response.coverage, response.as_of)
    });
    Ok(Exit::Found)
}
