//! The set of artifacts that an SBOM is: each once, and no more than the server takes.

use std::collections::{BTreeMap, BTreeSet};

use model::bounds;
use proto_types::Artifact;

use super::left_out::LeftOut;
use crate::size;

/// How much of an SBOM's body is for what isn't an artifact, in bytes.
const HEAD: usize = 1 << 20;

/// The artifacts, while they are collected.
#[derive(Debug)]
pub(super) struct Set {
    artifacts: BTreeMap<Artifact, Rest>,
    /// How many it may hold.
    most: usize,
    /// How many bytes they may take in the body of a request.
    room: usize,
}

/// What copies of one artifact may differ in.
#[derive(Debug)]
struct Rest {
    licenses: BTreeSet<String>,
    owned_by_os: bool,
}

impl Set {
    /// An empty set that holds what the server takes.
    pub(super) fn new() -> Self {
        Self::within(bounds::ARTIFACTS, bounds::SBOM_BODY - HEAD)
    }

    fn within(most: usize, room: usize) -> Self {
        Self {
            artifacts: BTreeMap::new(),
            most,
            room,
        }
    }

    /// Adds an artifact. A copy of one that is there already adds its licenses; only where all
    /// copies belong to the distribution does the artifact.
    pub(super) fn add(
        &mut self,
        artifact: Artifact,
        licenses: BTreeSet<String>,
        owned_by_os: bool,
        left_out: &mut LeftOut,
    ) {
        if let Some(rest) = self.artifacts.get_mut(&artifact) {
            rest.licenses.extend(licenses);
            rest.owned_by_os &= owned_by_os;
        } else if self.artifacts.len() < self.most {
            let rest = Rest {
                licenses,
                owned_by_os,
            };
            self.artifacts.insert(artifact, rest);
        } else {
            left_out.too_many(&artifact.name);
        }
    }

    /// The artifacts in their order, as many as fit into the body of a request.
    pub(super) fn artifacts(self, left_out: &mut LeftOut) -> Vec<Artifact> {
        let mut room = self.room;
        let whole = self.artifacts.into_iter().map(|(artifact, rest)| Artifact {
            licenses: rest.licenses.into_iter().take(bounds::LICENSES).collect(),
            owned_by_os: rest.owned_by_os,
            ..artifact
        });
        let fits = whole.filter(|artifact| {
            let left = size::in_list(artifact).and_then(|size| room.checked_sub(size));
            match left {
                Some(left) => room = left,
                None => left_out.too_many(&artifact.name),
            }
            left.is_some()
        });
        fits.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proto_types::Artifact;

    use super::{LeftOut, Set};

    /// What becomes of these names, and what is said of those that are left out.
    fn collected(mut set: Set, names: &[&str]) -> (Vec<String>, String) {
        let mut left_out = LeftOut::default();
        for name in names {
            let artifact = Artifact {
                name: (*name).to_owned(),
                ..Artifact::default()
            };
            set.add(artifact, BTreeSet::new(), false, &mut left_out);
        }
        let artifacts = set.artifacts(&mut left_out).into_iter();
        let names = artifacts.map(|artifact| artifact.name).collect();
        (names, left_out.reason().unwrap_or_default())
    }

    #[test]
    fn one_artifact_too_many_is_left_out_named_and_counted() {
        let (names, said) = collected(Set::within(2, 1000), &["b", "c", "a", "b"]);
        assert_eq!(names, ["b", "c"]);
        assert!(said.starts_with("1 package left out because an SBOM"));
        assert!(said.ends_with("such as `a`"), "{said}");
    }

    #[test]
    fn what_does_not_fit_into_a_request_is_left_out_and_the_rest_is_sent() {
        // Each quote takes two bytes in a body.
        let long = format!("b{}", "\"".repeat(30));
        let names = ["a", long.as_str(), "c", "d", "e"];
        let (names, said) = collected(Set::within(100, 100), &names);
        assert_eq!(names, ["a", "c"]);
        assert!(said.starts_with("3 packages left out because an SBOM"));
        assert!(said.contains("such as `b\""), "{said}");
    }

    #[test]
    fn all_of_it_is_there_where_all_of_it_fits() {
        let (names, said) = collected(Set::new(), &["b", "a"]);
        assert_eq!((names.len(), said.as_str()), (2, ""));
    }
}
