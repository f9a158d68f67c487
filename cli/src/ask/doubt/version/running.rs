//! The versions that run of what a question asks for.

use std::collections::BTreeSet;

use proto_types::{Field, FindRequest, GroupBy, Match};

use super::super::asked::{groups, results};
use crate::{ask::context::Context, error::Result};

/// So many results are looked at for a field that answers aren't counted by.
const LOOKED_AT: u64 = 200;

/// The versions in one field of what fits these matches, so many at most.
pub(in crate::ask::doubt) async fn versions(
    request: &FindRequest,
    matches: Vec<Match>,
    field: Field,
    most: u64,
    context: &Context<'_>,
) -> Result<Vec<String>> {
    let question = FindRequest {
        matches,
        any: request.any.clone(),
        ..FindRequest::default()
    };
    if field == Field::SourceVersion {
        let found = results(request, question, LOOKED_AT, context).await?;
        let versions = found.into_iter().filter_map(|result| result.source_version);
        let versions: BTreeSet<String> = versions.collect();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        return Ok(versions.into_iter().take(most).collect());
    }
    let by = match field {
        Field::DistroVersion => GroupBy::Distro,
        _ => GroupBy::Version,
    };
    let found = groups(request, question, by, most, context).await?;
    let keys = found.into_iter().map(|group| group.key);
    Ok(match field {
        // `debian 12`
        Field::DistroVersion => keys
            .filter_map(|key| Some(key.rsplit_once(' ')?.1.to_owned()))
            .collect(),
        _ => keys.collect(),
    })
}

/// Versions as a sentence lists them.
pub(in crate::ask::doubt) fn named(versions: &[String]) -> String {
    let quoted: Vec<String> = versions.iter().map(|one| format!("`{one}`")).collect();
    quoted.join(", ")
}
