//! `advisories status`: the feeds that were imported.

use proto_types::ListFeeds;

pub(super) use crate::output::verdicts::NOTHING_IMPORTED;
use crate::{ask::context::Context, error::Result, exit::Exit, output::console::Label};

pub(super) async fn run(context: &Context<'_>) -> Result<Exit> {
    let response = context.ask(&ListFeeds {}).await?;
    context.out.list(&response, &response.feeds)?;
    if response.feeds.is_empty() {
        context.out.say(Label::Plain, NOTHING_IMPORTED);
    }
    context.say_as_of(response.as_of);
    Ok(Exit::Found)
}
