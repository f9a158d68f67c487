//! What becomes of an upload: nothing that is known is overwritten by something else of the same
//! worth, nothing complete by something partial, nothing partial by what lacks a package of it, and
//! nothing by what is known in less detail.

use proto_types::{FailureCause, ScanOutcome, ScanStatus, Timestamp};

use crate::sbom::Difference;

use super::{
    rules::LeaseRules,
    scan::{Change, Scan},
};

/// What is known of an image before an upload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether its SBOM is complete or partial; `None` where it has none.
    pub sbom: Option<ScanStatus>,
    /// The generation of the lease that it was made under.
    pub generation: Option<u64>,
    /// How much the agent that made it kept.
    pub detail: u32,
    /// Whether an admin wants a new one in its place.
    pub again: bool,
}

/// An SBOM as it is uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Whether it is complete or partial.
    pub status: ScanStatus,
    /// The generation of the lease that it was made under.
    pub generation: u64,
    /// How much the agent that made it keeps.
    pub detail: u32,
    /// Whose fault it is where it is partial.
    pub cause: FailureCause,
}

/// What becomes of an upload, the lease of which was claimed rightly, and which differs so from
/// what is known.
#[must_use]
pub fn judge(known: &Known, upload: &Upload, difference: &Difference) -> ScanOutcome {
    use ScanStatus::{Complete, Partial};
    let newer = known
        .generation
        .is_none_or(|generation| generation < upload.generation);
    let no_less = upload.detail >= known.detail && difference.lost == 0;
    match (known.sbom, upload.status) {
        (None, _) | (Some(Partial), Complete) => ScanOutcome::Stored,
        (Some(Complete), Complete) if known.detail < upload.detail && difference.lost == 0 => {
            ScanOutcome::Stored
        }
        // Whose it is changes where an admin wants a new one, even if it says the same.
        (Some(Complete), Complete) if known.again && newer && known.detail <= upload.detail => {
            ScanOutcome::Stored
        }
        _ if difference.is_none() => ScanOutcome::AlreadyKnown,
        (Some(Partial), Partial) if newer && no_less => ScanOutcome::Stored,
        // What is partial differs from what is complete by nature.
        (Some(Complete), Partial) => ScanOutcome::AlreadyKnown,
        // So does what is known in less detail.
        (Some(_), _) if upload.detail < known.detail && difference.has_same_packages() => {
            ScanOutcome::AlreadyKnown
        }
        (Some(Partial), Partial) | (Some(Complete), Complete) => ScanOutcome::Conflict,
    }
}

impl Scan {
    /// What an upload makes of the scan of its image. A partial SBOM is a failure of the image, so
    /// that it is tried again, but not for ever, or of the host, where it says so; one that was to
    /// bring more detail and lists less is the image's. `None` where something came of the lease
    /// before.
    #[must_use]
    pub fn uploaded(
        &self,
        (known, upload): (&Known, &Upload),
        outcome: ScanOutcome,
        (reason, scanner): (Option<&str>, Option<&str>),
        rules: &LeaseRules,
        now: Timestamp,
    ) -> Option<Change> {
        let in_vain = outcome == ScanOutcome::Conflict && known.detail < upload.detail;
        let (cause, reason) = match upload.status {
            ScanStatus::Complete if !in_vain => return Some(self.complete()),
            ScanStatus::Complete => (
                FailureCause::Image,
                Some("the scan lacks packages that the stored SBOM lists"),
            ),
            ScanStatus::Partial => (upload.cause, reason),
        };
        self.partial(rules, (cause, reason), scanner, now)
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
            generation: sbom.map(|_| 2),
            detail: 1,
            again: false,
        }
    }

    /// A difference that gains and loses so many packages.
    const fn packages(gained: usize, lost: usize) -> Difference {
        Difference {
            only_there: gained,
            only_here: lost,
            distro: false,
            gained,
            lost,
        }
    }

    const SAME: Difference = Difference::NONE;
    const OTHER: Difference = packages(1, 1);
    /// The same packages with other details.
    const DETAILS: Difference = Difference {
        only_there: 2,
        only_here: 2,
        ..SAME
    };

    #[test]
    fn what_becomes_of_an_upload() {
        for (sbom, status, difference, generation, outcome) in [
            (None, Partial, OTHER, 1, Stored),
            (None, Complete, OTHER, 1, Stored),
            (Some(Partial), Complete, SAME, 2, Stored),
            (Some(Partial), Complete, OTHER, 3, Stored),
            (Some(Partial), Partial, SAME, 3, AlreadyKnown),
            (Some(Partial), Partial, packages(1, 0), 3, Stored),
            (Some(Partial), Partial, DETAILS, 3, Stored),
            (Some(Partial), Partial, packages(5, 1), 3, Conflict),
            (Some(Partial), Partial, packages(1, 0), 2, Conflict),
            (Some(Complete), Complete, SAME, 2, AlreadyKnown),
            (Some(Complete), Complete, OTHER, 3, Conflict),
            (Some(Complete), Complete, DETAILS, 3, Conflict),
            (Some(Complete), Partial, SAME, 2, AlreadyKnown),
            (Some(Complete), Partial, OTHER, 3, AlreadyKnown),
        ] {
            let upload = Upload {
                status,
                generation,
                detail: 1,
                cause: FailureCause::Image,
            };
            let judged = judge(&known(sbom), &upload, &difference);
            assert_eq!(judged, outcome, "{upload:?} on {sbom:?}");
        }
    }

    #[test]
    fn what_becomes_of_an_upload_that_is_known_in_more_or_in_less_detail() {
        for (sbom, status, detail, difference, outcome) in [
            // More detail replaces, even where nothing else is new, but not where a package is lost.
            (Complete, Complete, 2, SAME, Stored),
            (Complete, Complete, 2, DETAILS, Stored),
            (Complete, Complete, 2, packages(3, 0), Stored),
            (Complete, Complete, 2, packages(3, 1), Conflict),
            (Complete, Partial, 2, DETAILS, AlreadyKnown),
            // Less detail never does.
            (Complete, Complete, 0, DETAILS, AlreadyKnown),
            (Complete, Complete, 0, packages(1, 0), Conflict),
            (Partial, Partial, 0, DETAILS, AlreadyKnown),
            (Partial, Partial, 0, packages(1, 0), Conflict),
            // What is complete is worth more than detail.
            (Partial, Complete, 0, packages(1, 0), Stored),
        ] {
            let upload = Upload {
                status,
                generation: 3,
                detail,
                cause: FailureCause::Image,
            };
            let judged = judge(&known(Some(sbom)), &upload, &difference);
            assert_eq!(judged, outcome, "{upload:?}, {difference:?} on {sbom:?}");
        }
    }
}
