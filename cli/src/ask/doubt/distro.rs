//! Distributions that are written wrong. One that nobody runs is no slip.

use model::{condition::GLOB_SIGNS, distro};
use proto_types::{Field, FindRequest, GroupBy, Match, Op};

use super::{
    asked::{ever, finds, groups},
    line,
};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::{suggest, terms::is_version},
};

/// So many distributions are looked through.
const MOST: u64 = 1000;

/// Refuses a distribution that is neither known nor was ever found anywhere.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if one.op == Op::Glob && !ever(vec![one.clone()], Vec::new(), context).await? {
        return Err(
            CliError::not_found(format!("no known distribution matches `{}`", one.value))
                .hint("`assetctl find --group-by distro` lists what runs"),
        );
    }
    if one.op != Op::Eq
        || one.value.is_empty()
        || distro::is_known(&one.value)
        || finds(request, vec![one.clone()], context).await?
    {
        return Ok(());
    }
    let word = one.value.as_str();
    let (id, version) = distro::parted(word).map_or((word, None), |(id, of)| (id, Some(of)));
    let running = groups(
        request,
        FindRequest::default(),
        GroupBy::Distro,
        MOST,
        context,
    )
    .await?;
    let mut running = running
        .iter()
        .filter_map(|group| group.key.split(' ').next());
    let near = match distro::meant(id) {
        Some(meant) => Some(meant),
        None if distro::is_known(id) => Some(id),
        None => running.find(|name| suggest::is_slip(id, name)),
    };
    if let Some(near) = near {
        let mut terms = vec![format!("distro={near}")];
        terms.extend(version.map(|version| format!("distro_version={version}")));
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let line = line::with(request, one, &terms);
        return Err(unknown(word).hint(format!("did you mean {line}?")));
    }
    match ever(vec![one.clone()], Vec::new(), context).await? {
        true => Ok(()),
        false => Err(unknown(word).hint("`assetctl find --group-by distro` lists what runs")),
    }
}

fn unknown(word: &str) -> CliError {
    CliError::not_found(format!("nothing runs on distribution `{word}`"))
}

/// Refuses a codename where the number of a release is asked for.
pub(super) async fn check_version(
    request: &FindRequest,
    one: &Match,
    context: &Context<'_>,
) -> Result<()> {
    let is_one = one.op == Op::Eq && one.field == Field::DistroVersion;
    if !is_one
        || one.value.is_empty()
        || is_version(&one.value)
        || one.value.contains(GLOB_SIGNS)
        || finds(request, vec![one.clone()], context).await?
        || ever(vec![one.clone()], Vec::new(), context).await?
    {
        return Ok(());
    }
    Err(
        CliError::not_found(format!("no distribution has release `{}`", one.value))
            .hint("`assetctl find --group-by distro` lists what runs"),
    )
}
