//! Which packages belong to a package of the distribution, by the files that both have.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::each::each;

/// What relations need to know of a package.
#[derive(Deserialize)]
struct Identity<'a> {
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    #[serde(borrow, default, rename = "type")]
    artifact_type: Cow<'a, str>,
}

/// How two things in a document belong together.
#[derive(Deserialize)]
struct Relation<'a> {
    #[serde(borrow, default)]
    parent: Cow<'a, str>,
    #[serde(borrow, default)]
    child: Cow<'a, str>,
    #[serde(borrow, default, rename = "type")]
    kind: Cow<'a, str>,
}

/// The IDs of the packages that a package of the distribution brought along. Most relations are of
/// other kinds, and none is kept.
pub(super) fn by_distribution<'a>(
    packages: Option<&'a RawValue>,
    relations: Option<&'a RawValue>,
) -> serde_json::Result<HashSet<Cow<'a, str>>> {
    let mut of_distribution = HashMap::new();
    each(packages, |package: Identity<'a>| {
        let is = model::source::is_of_distribution(&package.artifact_type);
        of_distribution.insert(package.id, is);
    })?;
    let mut owned = HashSet::new();
    each(relations, |relation: Relation<'a>| {
        if relation.kind == "ownership-by-file-overlap"
            && of_distribution.get(&relation.parent) == Some(&true)
            && of_distribution.get(&relation.child) == Some(&false)
        {
            owned.insert(relation.child);
        }
    })?;
    Ok(owned)
}
