//! `host remove`: ends a host's token and its runs.

use proto_types::RemoveHost;

use crate::{
    ask::{context::Context, resolve},
    error::Result,
    exit::Exit,
    output::console::Label,
};

pub(super) async fn run(name: String, context: &Context<'_>) -> Result<Exit> {
    let request = RemoveHost { name };
    let answer = context.ask(&request).await;
    resolve::with_nearest_host(context, &request.name, answer).await?;
    context
        .out
        .say(Label::Plain, &format!("removed {}", request.name));
    Ok(Exit::Found)
}
