//! Distributions that are written wrong. One that nobody runs is no slip.

use proto_types::{FindRequest, GroupBy, Match, Op};

use super::{
    asked::{finds, groups},
    line,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::suggest,
};

/// So many distributions are looked through.
const MOST: u64 = 1000;

/// Refuses a distribution that is nearly the name of one that runs.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if one.op != Op::Eq
        || one.value.is_empty()
        || finds(request, vec![one.clone()], context).await?
    {
        return Ok(());
    }
    let running = groups(
        request,
        FindRequest::default(),
        GroupBy::Distro,
        MOST,
        context,
    )
    .await?;
    // `debian 12` is a distribution and its version.
    if let Some((distro, version)) = one.value.split_once(' ') {
        let terms = [
            &format!("distro={distro}")[..],
            &format!("distro_version={version}"),
        ];
        return Err(refused(request, one, &terms));
    }
    let names = running
        .iter()
        .map(|group| group.key.split(' ').next().unwrap_or_default());
    match names
        .into_iter()
        .find(|name| suggest::is_slip(&one.value, name))
    {
        Some(near) => Err(refused(request, one, &[&format!("distro={near}")])),
        None => Ok(()),
    }
}

fn refused(request: &FindRequest, one: &Match, terms: &[&str]) -> CliError {
    let line = line::with(request, one, terms);
    CliError::not_found(format!("nothing runs on a distribution `{}`", one.value))
        .hint(format!("did you mean {line}?"))
}
