//! `images`: which images there are and how far their scans have come.

use clap::Args;
use proto_types::{ImageState, ImagesResponse, ListImages};

use crate::{
    args::PageArgs,
    ask::{
        complete,
        context::{Context, count},
        images, pages,
    },
    error::Result,
    exit::Exit,
    output::footer::Footer,
    words::{choice::choice, pattern::Pattern},
};

/// How many are shown where nothing is said.
const SHOWN: u64 = 100;

/// List images
#[derive(Args)]
pub(crate) struct ImagesArgs {
    /// Only images with this name, or names that match a pattern: nginx, nginx:1.27, 'nginx:1.*'
    #[arg(value_name = "IMAGE", add = complete::images(), conflicts_with = "cursor")]
    name: Option<String>,

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
        limit: args.page.rows(context.out),
        cursor: args.page.cursor,
    };
    let response = match &args.name {
        Some(name) => named(name, &request, context).await?,
        None => context.ask(&request).await?,
    };
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

/// Those that have such a name, of all that there are; at most as many as the request says.
async fn named(name: &str, request: &ListImages, context: &Context<'_>) -> Result<ImagesResponse> {
    let pattern = Pattern::of_images(name)?;
    let mut response = context
        .ask(&ListImages {
            limit: Some(1),
            ..request.clone()
        })
        .await?;
    let mut images = images::all(request.clone(), context).await?;
    images.retain(|image| image.names.iter().any(|one| pattern.fits(one)));
    response.total = count(&images);
    let most = request.limit.unwrap_or(SHOWN);
    if most > 0 && response.total > most {
        images.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    response.truncated = count(&images) < response.total;
    response.next_cursor = None;
    response.images = images;
    Ok(response)
}
