//! What becomes of an upload: nothing that is known is overwritten by something else of the same
//! worth, and nothing complete by something partial.

use proto_types::{ScanOutcome, ScanStatus};

/// What is known of an image before an upload.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether its SBOM is complete or partial; `None` where it has none.
    pub sbom: Option<ScanStatus>,
    /// What tells its SBOM from another one.
    pub hash: Option<[u8; 32]>,
    /// The generation of the lease that it was made under.
    pub generation: Option<u64>,
    /// How many artifacts it lists.
    pub artifacts: usize,
}

/// An SBOM as it is uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Whether it is complete or partial.
    pub status: ScanStatus,
    /// What tells it from another one.
    pub hash: [u8; 32],
    /// The generation of the lease that it was made under.
    pub generation: u64,
    /// How many artifacts it lists.
    pub artifacts: usize,
}

/// What becomes of an upload, the lease of which was claimed rightly.
#[must_use]
pub fn judge(known: &Known, upload: &Upload) -> ScanOutcome {
    use ScanStatus::{Complete, Partial};
    let same = known.hash.as_ref() == Some(&upload.hash);
    let newer = known
        .generation
        .is_none_or(|generation| generation < upload.generation);
    match (known.sbom, upload.status) {
        (None, _) | (Some(Partial), Complete) => ScanOutcome::Stored,
        _ if same => ScanOutcome::AlreadyKnown,
        (Some(Partial), Partial) if newer && upload.artifacts >= known.artifacts => {
            ScanOutcome::Stored
        }
        // What is partial differs from what is complete by nature.
        (Some(Complete), Partial) => ScanOutcome::AlreadyKnown,
        (Some(Partial), Partial) | (Some(Complete), Complete) => ScanOutcome::Conflict,
    }
}

#[cfg(test)]
mod tests {
    use ScanOutcome::{AlreadyKnown, Conflict, Stored};
    use ScanStatus::{Complete, Partial};

    use super::*;

    /// What is known, at generation 2, of two artifacts.
    fn known(sbom: Option<ScanStatus>) -> Known {
        Known {
            sbom,
            hash: sbom.map(|_| [1; 32]),
            generation: sbom.map(|_| 2),
            artifacts: if sbom.is_some() { 2 } else { 0 },
        }
    }

    #[test]
    fn what_becomes_of_an_upload() {
        for (sbom, status, hash, generation, artifacts, outcome) in [
            (None, Partial, 1, 1, 0, Stored),
            (None, Complete, 1, 1, 0, Stored),
            (Some(Partial), Complete, 1, 2, 2, Stored),
            (Some(Partial), Complete, 9, 3, 1, Stored),
            (Some(Partial), Partial, 1, 3, 2, AlreadyKnown),
            (Some(Partial), Partial, 9, 3, 2, Stored),
            (Some(Partial), Partial, 9, 3, 1, Conflict),
            (Some(Partial), Partial, 9, 2, 3, Conflict),
            (Some(Complete), Complete, 1, 2, 2, AlreadyKnown),
            (Some(Complete), Complete, 9, 3, 9, Conflict),
            (Some(Complete), Partial, 1, 2, 2, AlreadyKnown),
            (Some(Complete), Partial, 9, 3, 9, AlreadyKnown),
        ] {
            let upload = Upload {
                status,
                hash: [hash; 32],
                generation,
                artifacts,
            };
            assert_eq!(
                judge(&known(sbom), &upload),
                outcome,
                "{upload:?} on {sbom:?}"
            );
        }
    }
}
