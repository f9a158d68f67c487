//! What is said of each artifact that fits, step by step.

use index::Explaining;
use model::{
    bounds, source,
    verdict::{Distro, absent, origin},
};
use proto_types::ExplainedArtifact;

use super::{best, groups::Part};
use crate::store::{Result, query::affected::AffectedQuery, sqlite::find::Asking};

/// The first of what fits, in the order of `find`: pages of it there are none.
///
/// # Errors
/// As of a question.
pub fn explained(asking: &mut Asking<'_>, query: &AffectedQuery) -> Result<Part> {
    let limit = query.find.limit.min(bounds::EXPLAINED);
    let mut explaining = Explaining::new(&query.advisories, limit);
    asking.pieces(|search, pause| search.explain(&mut explaining, &query.advisories, pause))?;
    let Explaining {
        mut found, total, ..
    } = explaining;
    for one in found.iter_mut().filter(|one| one.verdict.is_none()) {
        one.reason = Some(unspoken(one, query));
    }
    Ok(Part {
        truncated: total > found.len() as u64,
        explained: Some(found),
        total,
        ..Part::default()
    })
}

/// What is known of an artifact that no advisory speaks of.
fn unspoken(one: &ExplainedArtifact, query: &AffectedQuery) -> String {
    let distro = Distro {
        id: &one.distro,
        version: &one.distro_version,
    };
    if one.owned_by_os && !source::is_of_distribution(&one.artifact_type) {
        return "it belongs to a package of the distribution, whose advisories alone speak of it"
            .to_owned();
    }
    let from = origin(&one.artifact_type, distro);
    match &query.feeds {
        None => format!("none of the advisories speaks of it; it is from {from}"),
        Some(_) => absent(best::of_artifact(&one.artifact_type, distro, query), &from).1,
    }
}
