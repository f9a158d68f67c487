//! The set of artifacts that an SBOM is: each once, whatever its copies differ in.

use std::collections::{BTreeMap, BTreeSet};

use proto_types::Artifact;

/// The artifacts, while they are collected.
#[derive(Debug, Default)]
pub(super) struct Set(BTreeMap<Artifact, Rest>);

/// What copies of one artifact may differ in.
#[derive(Debug)]
struct Rest {
    licenses: BTreeSet<String>,
    owned_by_os: bool,
}

impl Set {
    /// Adds an artifact. A copy of one that is there already adds its licenses; only where all
    /// copies belong to the distribution does the artifact.
    pub(super) fn add(
        &mut self,
        artifact: Artifact,
        licenses: BTreeSet<String>,
        owned_by_os: bool,
    ) {
        if let Some(rest) = self.0.get_mut(&artifact) {
            rest.licenses.extend(licenses);
            rest.owned_by_os &= owned_by_os;
        } else {
            let rest = Rest {
                licenses,
                owned_by_os,
            };
            self.0.insert(artifact, rest);
        }
    }

    /// The artifacts in their order.
    pub(super) fn artifacts(self) -> Vec<Artifact> {
        let whole = self.0.into_iter().map(|(artifact, rest)| Artifact {
            licenses: rest.licenses.into_iter().collect(),
            owned_by_os: rest.owned_by_os,
            ..artifact
        });
        whole.collect()
    }
}
