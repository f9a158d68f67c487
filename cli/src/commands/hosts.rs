//! `hosts`: the enrolled machines.

use clap::Args;
use proto_types::{Host, HostState, ListHosts};

use crate::{
    ask::{complete, context::Context, resolve},
    error::{CliError, Result},
    exit::Exit,
    words::{choice::choice, pattern::Pattern},
};

/// List hosts and their states
#[derive(Args)]
pub(crate) struct HostsArgs {
    /// Only these hosts, or hosts that match a pattern: web1, 'web*'
    #[arg(value_name = "HOST", add = complete::hosts())]
    names: Vec<String>,

    /// Only hosts in this state
    #[arg(long, value_name = "STATE", value_parser = choice::<HostState>())]
    state: Option<HostState>,
}

pub(crate) async fn run(args: HostsArgs, context: &Context<'_>) -> Result<Exit> {
    let named: Vec<Pattern> = args
        .names
        .iter()
        .map(|name| Pattern::of_hosts(name))
        .collect::<Result<_>>()?;
    let mut response = context.ask(&ListHosts {}).await?;
    for (name, pattern) in args.names.iter().zip(&named) {
        check(name, pattern, &response.hosts, context).await?;
    }
    response.hosts.retain(|host| {
        (named.is_empty() || named.iter().any(|one| one.fits(&host.name)))
            && args.state.is_none_or(|state| host.state == state)
    });
    context.out.list(&response, &response.hosts)?;
    context.say_footer(&context.footer(&response.coverage, response.as_of));
    Ok(Exit::Found)
}

/// Refuses a name that no host has.
async fn check(name: &str, pattern: &Pattern, hosts: &[Host], context: &Context<'_>) -> Result<()> {
    if !pattern.is_exact() || hosts.iter().any(|host| pattern.fits(&host.name)) {
        return Ok(());
    }
    let unknown = CliError::not_found(format!("there is no host `{name}`"));
    resolve::with_nearest_host(context, name, Err(unknown)).await
}
