//! Proof: when an empty answer proves that nothing is there, and what keeps it from that.

use jiff::Timestamp;
use proto_types::{AffectedResponse, Coverage, ExposureResponse};

/// Something that an answer can't know. As long as there is one, an empty answer proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// No host was enrolled: the answer is about nobody.
    NoHost,
    /// So many hosts were added and have not enrolled yet.
    PendingHosts(u64),
    /// So many hosts sent no full report for too long, or never one.
    SilentHosts(u64),
    /// So many hosts could not list everything that runs.
    IncompleteHosts(u64),
    /// As so many hosts two machines reported, with one token.
    ClonedHosts(u64),
    /// So many containers have no image.
    ContainersWithoutImage(u64),
    /// So many other things run containers and aren't looked at.
    RuntimesNotLookedAt(u64),
    /// So many of the images that run have no SBOM.
    ImagesWithoutSbom(u64),
    /// So many of the images that run have no SBOM any more: it was withdrawn.
    ImagesWithdrawn(u64),
    /// So many of them have a partial one.
    ImagesPartial(u64),
    /// The answer looks further back than the past is kept: since this moment.
    KeptSince(Timestamp),
    /// The answer is about a time that has not come yet.
    InFuture,
}

impl Gap {
    /// What it means for an answer about what one host ran, as half a sentence.
    #[must_use]
    pub fn of_host(self) -> String {
        match self {
            Self::NoHost => "no host of this name was enrolled".to_owned(),
            Self::PendingHosts(_) => "the host had not enrolled yet".to_owned(),
            Self::SilentHosts(_) => "the host was silent: what ran on it is not known".to_owned(),
            Self::IncompleteHosts(_) => "the host could not list everything that ran".to_owned(),
            Self::ClonedHosts(_) => "two machines reported as the host".to_owned(),
            Self::ContainersWithoutImage(1) => "1 container had no image".to_owned(),
            Self::ContainersWithoutImage(many) => format!("{many} containers had no image"),
            Self::RuntimesNotLookedAt(1) => "1 runtime was not looked at".to_owned(),
            Self::RuntimesNotLookedAt(many) => format!("{many} runtimes were not looked at"),
            Self::ImagesWithoutSbom(1) => "1 image has no SBOM".to_owned(),
            Self::ImagesWithoutSbom(images) => format!("{images} images have no SBOM"),
            Self::ImagesWithdrawn(1) => "1 image's SBOM was withdrawn".to_owned(),
            Self::ImagesWithdrawn(images) => format!("{images} images' SBOMs were withdrawn"),
            Self::ImagesPartial(1) => "1 image has a partial SBOM".to_owned(),
            Self::ImagesPartial(images) => format!("{images} images have partial SBOMs"),
            Self::KeptSince(since) => format!("the past is kept since {since}"),
            Self::InFuture => "that time is in the future".to_owned(),
        }
    }
}

/// What an answer can't know; nothing where an empty one is a proof.
#[must_use]
pub fn gaps(coverage: &Coverage) -> Vec<Gap> {
    let counted = [
        (coverage.pending_hosts, Gap::PendingHosts as fn(u64) -> Gap),
        (coverage.silent_hosts, Gap::SilentHosts),
        (coverage.incomplete_hosts, Gap::IncompleteHosts),
        (coverage.cloned_hosts, Gap::ClonedHosts),
        (
            coverage.containers_without_image,
            Gap::ContainersWithoutImage,
        ),
        (coverage.runtimes_not_looked_at, Gap::RuntimesNotLookedAt),
        (
            coverage
                .images_without_sbom
                .saturating_sub(coverage.images_withdrawn),
            Gap::ImagesWithoutSbom,
        ),
        (coverage.images_withdrawn, Gap::ImagesWithdrawn),
        (coverage.images_partial, Gap::ImagesPartial),
    ];
    let counted = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, gap)| gap(count));
    let nobody = (coverage.hosts == 0).then_some(Gap::NoHost);
    let forgotten = coverage.kept_since.map(Gap::KeptSince);
    let future = coverage.in_future.then_some(Gap::InFuture);
    nobody
        .into_iter()
        .chain(counted)
        .chain(forgotten)
        .chain(future)
        .collect()
}

/// The coverage with `complete` as the rest of it says.
#[must_use]
pub fn judged(coverage: Coverage) -> Coverage {
    Coverage {
        complete: gaps(&coverage).is_empty(),
        ..coverage
    }
}

/// Whether an empty answer with this coverage is a proof. A newer server may know of gaps that
/// have no name here; an older one may take an answer over no host for a proof.
#[must_use]
pub fn is_proof(coverage: &Coverage) -> bool {
    coverage.complete && gaps(coverage).is_empty()
}

/// Whether it is proven that nothing else is affected than what an answer counts as that: it covers
/// everything, every advisory was taken whole, and no verdict is unknown.
#[must_use]
pub fn is_proof_of_verdicts(answer: &AffectedResponse) -> bool {
    is_proof(&answer.coverage)
        && answer.summary.unknown.images == 0
        && answer.unspoken.is_empty()
        && answer.left_out.is_none()
}

/// Whether it is proven that no other host was exposed than those that an answer has.
#[must_use]
pub fn is_proof_of_no_exposure(answer: &ExposureResponse) -> bool {
    is_proof(&answer.coverage)
        && answer.unknown.images == 0
        && answer.unspoken.is_empty()
        && answer.left_out.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Coverage = Coverage {
        hosts: 2,
        pending_hosts: 0,
        silent_hosts: 0,
        incomplete_hosts: 0,
        cloned_hosts: 0,
        containers_without_image: 0,
        runtimes_not_looked_at: 0,
        running_images: 3,
        images_without_sbom: 0,
        images_withdrawn: 0,
        images_partial: 0,
        kept_since: None,
        in_future: false,
        complete: false,
    };

    #[test]
    fn an_answer_over_a_whole_fleet_is_a_proof() {
        assert_eq!(gaps(&WHOLE), []);
        assert!(is_proof(&judged(WHOLE)));
    }

    #[test]
    fn an_answer_over_no_host_is_none() {
        assert_eq!(gaps(&Coverage::default()), [Gap::NoHost]);
        assert!(!judged(Coverage::default()).complete);
    }

    #[test]
    fn each_gap_alone_keeps_it_from_being_one() {
        let since = Timestamp::UNIX_EPOCH;
        let with = |change: fn(&mut Coverage)| {
            let mut coverage = WHOLE;
            change(&mut coverage);
            coverage
        };
        for (coverage, gap) in [
            (with(|c| c.hosts = 0), Gap::NoHost),
            (with(|c| c.pending_hosts = 1), Gap::PendingHosts(1)),
            (with(|c| c.silent_hosts = 2), Gap::SilentHosts(2)),
            (with(|c| c.incomplete_hosts = 3), Gap::IncompleteHosts(3)),
            (with(|c| c.cloned_hosts = 1), Gap::ClonedHosts(1)),
            (
                with(|c| c.containers_without_image = 1),
                Gap::ContainersWithoutImage(1),
            ),
            (
                with(|c| c.runtimes_not_looked_at = 2),
                Gap::RuntimesNotLookedAt(2),
            ),
            (
                with(|c| c.images_without_sbom = 4),
                Gap::ImagesWithoutSbom(4),
            ),
            (
                with(|c| (c.images_without_sbom, c.images_withdrawn) = (2, 2)),
                Gap::ImagesWithdrawn(2),
            ),
            (with(|c| c.images_partial = 5), Gap::ImagesPartial(5)),
            (
                with(|c| c.kept_since = Some(Timestamp::UNIX_EPOCH)),
                Gap::KeptSince(since),
            ),
            (with(|c| c.in_future = true), Gap::InFuture),
        ] {
            assert_eq!(gaps(&coverage), [gap]);
            assert!(!judged(coverage).complete, "{gap:?}");
        }
    }

    #[test]
    fn what_another_server_says_is_no_proof_where_either_doubts_it() {
        let old = Coverage {
            complete: true,
            ..Coverage::default()
        };
        assert!(!is_proof(&old), "an older server's answer over no host");
        assert!(!is_proof(&WHOLE), "a newer server's unknown gap");
    }
}
