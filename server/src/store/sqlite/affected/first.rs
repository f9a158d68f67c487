//! What the first page of an answer counts.

use crate::store::{
    Result,
    query::{JudgedCounts, affected::AffectedQuery},
    sqlite::find::Asking,
};

use super::{counted, gaps};

/// All of it, with the registries of which nothing is known where an answer would else be a proof.
///
/// # Errors
/// As of a question.
pub fn counts(asking: &mut Asking<'_>, query: &AffectedQuery) -> Result<JudgedCounts> {
    let mut counted = counted::counted(asking, query)?;
    let asks_any = query.advisories.vulnerabilities() > 0;
    if query.feeds.is_some() && asks_any && counted.summary.affected.containers == 0 {
        counted.unspoken.extend(gaps::registries(asking, query)?);
    }
    Ok(counted)
}
