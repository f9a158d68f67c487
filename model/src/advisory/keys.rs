//! Keys: by what an index finds the artifacts that an advisory may speak of, and the other way round.
//!
//! Whatever the verdict is, an advisory that speaks of an artifact has a key in common with it. They
//! say nothing of releases and versions, so that an artifact has the same keys in every image.

use std::collections::BTreeSet;

use super::{Advisory, major, named, named::Named};
use crate::{fields::ArtifactFields, purl};

/// A type of package and a name: of a package, or of the source package that it was built from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The type of package URL: `deb`, `pypi`. Debian and Ubuntu have one in common.
    pub purl_type: String,
    /// The name as that type writes it; of a Maven package the artifact ID alone.
    pub name: String,
}

/// The keys of the packages that an advisory speaks of, each once. Ecosystems that aren't known have
/// none.
#[must_use]
pub fn keys(advisory: &Advisory) -> BTreeSet<Key> {
    let key = |one: &super::Affected| {
        let family = one.ecosystem.family()?;
        Some(Key {
            purl_type: family.purl_type().to_owned(),
            name: named::of_package(family, &one.name).into_owned(),
        })
    };
    advisory.affected.iter().filter_map(key).collect()
}

/// The keys of an artifact: its own name, and its source's, or that of a Go module without its major version.
#[must_use]
pub fn keys_of(artifact: &impl ArtifactFields) -> BTreeSet<Key> {
    let named = Named::of(artifact);
    let purl_type = named.purl_type;
    let without_major = named.without_major.map(|(base, _)| base);
    let names = std::iter::once(named.name).chain(named.source);
    names
        .chain(without_major)
        .map(|name| Key {
            purl_type: purl_type.clone(),
            name,
        })
        .collect()
}

/// The folded names of those keys of an artifact that neither its name, folded, nor its source, as it
/// stands, leads to: an index has to remember them. Most artifacts have none.
#[must_use]
pub fn other_keys(artifact: &impl ArtifactFields) -> Vec<String> {
    let source = artifact.source();
    if is_called_by_name(artifact) && source.is_none_or(|source| source.to_lowercase() == source) {
        return Vec::new();
    }
    let own = purl::folded(artifact.name());
    let others = keys_of(artifact).into_iter();
    let others = others.filter(|key| source != Some(key.name.as_str()));
    let folded = others.map(|key| purl::folded(&key.name));
    folded.filter(|key| *key != own).collect()
}

/// Whether an artifact's name, but for case and signs, is its only key beside its source's.
fn is_called_by_name(artifact: &impl ArtifactFields) -> bool {
    match purl::type_of(artifact.artifact_type()) {
        "maven" | "swift" => false,
        "golang" => major::split(artifact.name()).is_none(),
        _ => true,
    }
}
