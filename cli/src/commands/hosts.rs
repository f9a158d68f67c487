//! `hosts`: the enrolled machines.

use clap::Args;
use proto_types::ListHosts;

use crate::{ask::context::Context, error::Result, exit::Exit};

/// List hosts and their states
#[derive(Args)]
pub(crate) struct HostsArgs {}

pub(crate) async fn run(context: &Context<'_>) -> Result<Exit> {
    let response = context.ask(&ListHosts {}).await?;
    context.out.list(&response, &response.hosts)?;
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(Exit::Found)
}
