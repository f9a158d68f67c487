//! Second opinions: an SBOM of an image is compared with another host's scan of it, so that one host
//! that lies, or whose scanner is broken, is found out. Which images are scanned twice no host can
//! know beforehand.

use proto_types::{Opinion, ScanOutcome, ScanStatus};

/// An image draws a number below this, each as likely as the others.
pub const DRAWS: u32 = 1_000_000;

/// In a fleet of so many images all are scanned twice.
const SMALL_FLEET: u64 = 100;

/// Which share of the images is scanned twice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SecondOpinions(f64);

impl SecondOpinions {
    /// None is, not in a small fleet either.
    pub const NONE: Self = Self(0.0);

    /// This share, from 0 to 1; `None` for another number.
    #[must_use]
    pub fn new(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then_some(Self(share))
    }

    /// Whether an image that drew a number is among them, in a fleet of so many images.
    #[must_use]
    pub fn take(&self, draw: u32, images: u64) -> bool {
        let drawn = f64::from(draw) < self.0 * f64::from(DRAWS);
        drawn || (self.0 > 0.0 && images <= SMALL_FLEET)
    }
}

/// What is known of a complete SBOM besides what it lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opined<'a> {
    /// The host that submitted it, by the store's number, where that is known.
    pub submitter: Option<i64>,
    /// What it was scanned with.
    pub scanner: Option<&'a str>,
    /// What other hosts said of it so far.
    pub opinion: Opinion,
}

impl Opined<'_> {
    /// Whether a host with this scanner can say something new of it: not the one that submitted it,
    /// and where another scanner found something else, only one with the same.
    #[must_use]
    pub fn wants(&self, host: i64, scanner: Option<&str>) -> bool {
        self.is_anothers(host)
            && match self.opinion {
                Opinion::Unconfirmed => true,
                Opinion::Differs => scanner == self.scanner,
                Opinion::Confirmed | Opinion::Conflict => false,
            }
    }

    /// What a host's upload makes of it; `None` where it says nothing new. A conflict stays one,
    /// whoever agrees later: it is for an admin to settle. Scanners of two versions may find different
    /// things in one image, and nobody lies.
    #[must_use]
    pub fn after(
        &self,
        (host, scanner): (i64, Option<&str>),
        (status, outcome): (ScanStatus, ScanOutcome),
    ) -> Option<Opinion> {
        if !self.is_anothers(host) || status == ScanStatus::Partial {
            return None;
        }
        let said = match outcome {
            ScanOutcome::Stored => return None,
            ScanOutcome::AlreadyKnown => Opinion::Confirmed,
            ScanOutcome::Conflict if scanner == self.scanner => Opinion::Conflict,
            ScanOutcome::Conflict => Opinion::Differs,
        };
        (rank(said) > rank(self.opinion)).then_some(said)
    }

    fn is_anothers(&self, host: i64) -> bool {
        self.submitter.is_some_and(|submitter| submitter != host)
    }
}

/// What counts for more stays.
const fn rank(opinion: Opinion) -> u8 {
    match opinion {
        Opinion::Unconfirmed => 0,
        Opinion::Differs => 1,
        Opinion::Confirmed => 2,
        Opinion::Conflict => 3,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use Opinion::{Confirmed, Conflict, Differs, Unconfirmed};

    use super::*;

    const fn of_one(opinion: Opinion) -> Opined<'static> {
        Opined {
            submitter: Some(1),
            scanner: Some("syft 1"),
            opinion,
        }
    }

    #[test]
    fn a_share_of_a_large_fleet_and_all_of_a_small_one_are_taken() {
        let tenth = SecondOpinions::new(0.1).unwrap();
        assert!(tenth.take(DRAWS / 10 - 1, 101) && !tenth.take(DRAWS / 10, 101));
        assert!(tenth.take(DRAWS - 1, 100));
        let all = SecondOpinions::new(1.0).unwrap();
        assert!(all.take(DRAWS - 1, 1_000_000));
        assert!(!SecondOpinions::NONE.take(0, 1));
        for share in [-0.1, 1.1, f64::NAN] {
            assert_eq!(SecondOpinions::new(share), None);
        }
    }

    #[test]
    fn a_host_is_asked_that_can_say_something_new() {
        for (opinion, host, scanner, wants) in [
            (Unconfirmed, 1, "syft 1", false),
            (Unconfirmed, 2, "syft 1", true),
            (Unconfirmed, 2, "syft 2", true),
            (Differs, 2, "syft 2", false),
            (Differs, 2, "syft 1", true),
            (Differs, 1, "syft 1", false),
            (Confirmed, 2, "syft 1", false),
            (Conflict, 2, "syft 1", false),
        ] {
            let wanted = of_one(opinion).wants(host, Some(scanner));
            assert_eq!(wanted, wants, "{opinion:?} of {host} by {scanner}");
        }
        let unknown = Opined {
            submitter: None,
            ..of_one(Unconfirmed)
        };
        assert!(!unknown.wants(2, Some("syft 1")));
    }

    #[test]
    fn what_an_upload_makes_of_it() {
        let complete = |outcome| (ScanStatus::Complete, outcome);
        let same = complete(ScanOutcome::AlreadyKnown);
        let other = complete(ScanOutcome::Conflict);
        let stored = complete(ScanOutcome::Stored);
        let partial = (ScanStatus::Partial, ScanOutcome::AlreadyKnown);
        for (before, host, scanner, upload, after) in [
            (Unconfirmed, 2, "syft 1", same, Some(Confirmed)),
            (Unconfirmed, 2, "syft 2", same, Some(Confirmed)),
            (Unconfirmed, 1, "syft 1", same, None),
            (Unconfirmed, 2, "syft 1", other, Some(Conflict)),
            (Unconfirmed, 2, "syft 2", other, Some(Differs)),
            (Differs, 3, "syft 1", same, Some(Confirmed)),
            (Confirmed, 3, "syft 2", other, None),
            (Confirmed, 3, "syft 1", other, Some(Conflict)),
            (Conflict, 3, "syft 1", same, None),
            (Unconfirmed, 2, "syft 1", stored, None),
            (Unconfirmed, 2, "syft 1", partial, None),
        ] {
            let said = of_one(before).after((host, Some(scanner)), upload);
            assert_eq!(said, after, "{before:?}, {upload:?} of {host} by {scanner}");
        }
    }
}
