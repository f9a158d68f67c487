//! The life of a lease: how the scan of one image stands, and what each thing that happens makes
//! of it.
//!
//! ```text
//!            granted              fail, expire, complete, partial, host_gone
//!  (nothing) ───────> open lease ──────────────────────────────────────────> closed
//!                         ^                    granted                          │
//!                         └─────────────────────────────────────────────────────┘
//! ```
//!
//! A closed one is given again once its back-off is over, unless it is quarantined; then only to a
//! scanner that has not failed on it, or after `forgive`.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proto_types::{FailureCause, Timestamp};

use super::{
    rules::{LeaseRules, is_held_back, quarantines},
    scanners::Scanners,
};

/// How the scan of an image stands. An image that was never leased has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// How often the image was leased; it only grows.
    pub generation: u64,
    /// Its last lease.
    pub lease: String,
    /// The host that got it, by the store's number.
    pub host: i64,
    /// What that host last said that it scans with.
    pub host_scanner: Option<String>,
    /// When it ends.
    pub expires: Timestamp,
    /// Whether nothing has come of it yet.
    pub open: bool,
    /// Whether it is for a second opinion: that it fails says nothing against the image.
    pub opinion: bool,
    /// Failures that count, by the hosts that had them.
    pub failures: BTreeMap<i64, u64>,
    /// Before when the image isn't given again.
    pub not_before: Option<Timestamp>,
    /// Whether it isn't given again unasked.
    pub quarantined: bool,
    /// The scanners that failed on it.
    pub scanners: Scanners,
}

/// What to write after something happened to a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Change {
    /// How it stands now.
    pub scan: Scan,
    /// A failure to be kept and shown.
    pub failed: Option<Failed>,
    /// Whether no failure from before counts any more.
    pub forgiven: bool,
}

/// A failed scan to be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The host that had the lease.
    pub host: i64,
    /// When it became known.
    pub at: Timestamp,
    /// Whose fault it was.
    pub cause: FailureCause,
    /// What happened.
    pub message: String,
    /// Whether it counts towards quarantine.
    pub counted: bool,
}

/// A failed scan as its host tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Whose fault it was.
    pub cause: FailureCause,
    /// What happened.
    pub message: String,
    /// The scanner, where it is named.
    pub scanner: Option<String>,
}

impl From<Scan> for Change {
    fn from(scan: Scan) -> Self {
        Self {
            scan,
            failed: None,
            forgiven: false,
        }
    }
}

impl Scan {
    /// A new lease for a host, on an image whose scan stood like this before.
    #[must_use]
    pub fn granted(
        before: Option<Self>,
        (host, scanner): (i64, Option<&str>),
        lease: String,
        rules: &LeaseRules,
        now: Timestamp,
    ) -> Self {
        let mut scan = before.unwrap_or_else(Self::never);
        scan.generation += 1;
        scan.lease = lease;
        scan.host = host;
        scan.host_scanner = scanner.map(str::to_owned);
        scan.expires = rules.expiry(now);
        scan.open = true;
        scan.opinion = false;
        scan
    }

    /// Whether its lease holds.
    #[must_use]
    pub fn is_live(&self, rules: &LeaseRules, now: Timestamp) -> bool {
        self.open && rules.is_live(self.expires, now)
    }

    /// How long its lease holds yet.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        self.expires.duration_since(now).max(SignedDuration::ZERO)
    }

    /// Since when it waits to be given again, where it waits.
    #[must_use]
    pub fn held_back_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.not_before.filter(|until| is_held_back(*until, now))
    }

    /// How many failures count.
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.failures.values().sum()
    }

    /// Whether a host with this scanner may be given it. A scanner that has not failed yet
    /// deserves a try even where the image is quarantined.
    #[must_use]
    pub fn may_be_given(&self, scanner: Option<&str>, now: Timestamp) -> bool {
        let asked =
            !self.quarantined || scanner.is_some_and(|scanner| !self.scanners.contains(scanner));
        asked && self.held_back_until(now).is_none()
    }

    /// Its lease ran out: an agent that was killed tells nothing, so it counts. `None` where it
    /// holds, or where something has come of it.
    #[must_use]
    pub fn expire(&self, rules: &LeaseRules, now: Timestamp) -> Option<Change> {
        if self.is_live(rules, now) {
            return None;
        }
        let expired = Failure {
            cause: FailureCause::Expired,
            message: "the lease ran out without a word from its holder".to_owned(),
            scanner: None,
        };
        self.fail(rules, expired, now)
    }

    /// Its holder failed. `None` where that was told before: delivery may repeat itself. A second
    /// opinion that fails counts for nothing: the image has its SBOM.
    #[must_use]
    pub fn fail(&self, rules: &LeaseRules, failure: Failure, now: Timestamp) -> Option<Change> {
        if !self.open {
            return None;
        }
        let mut scan = self.clone();
        let counted = failure.cause != FailureCause::Environment && !self.opinion;
        if counted {
            *scan.failures.entry(scan.host).or_default() += 1;
            // One that was killed can't name its scanner.
            if let Some(scanner) = failure.scanner.as_ref().or(scan.host_scanner.as_ref()) {
                scan.scanners.add(scanner);
            }
            scan.quarantined = quarantines(&scan.failures);
        }
        scan.open = false;
        scan.not_before = Some(match self.opinion {
            true => rules.opinion_not_before(failure.cause, now),
            false => rules.not_before(failure.cause, scan.counted(), now),
        });
        Some(Change {
            failed: Some(Failed {
                host: scan.host,
                at: now,
                cause: failure.cause,
                message: failure.message,
                counted,
            }),
            scan,
            forgiven: false,
        })
    }

    /// A complete SBOM came of it, so nothing stands against the image any more.
    pub fn complete(&self) -> Change {
        let mut change = self.forgive();
        change.scan.open = false;
        change
    }

    /// A partial SBOM came of it. It counts as a failure, so that the image is tried again, but
    /// not for ever, unless it was the host that kept the scanner from seeing everything. `None`
    /// where something came of it before.
    #[must_use]
    pub fn partial(
        &self,
        rules: &LeaseRules,
        (cause, reason): (FailureCause, Option<&str>),
        scanner: Option<&str>,
        now: Timestamp,
    ) -> Option<Change> {
        let partial = Failure {
            cause,
            message: reason.unwrap_or("the SBOM is partial").to_owned(),
            scanner: scanner.map(str::to_owned),
        };
        self.fail(rules, partial, now)
    }

    /// An operator lets the image be given again, with nothing counted against it.
    pub fn forgive(&self) -> Change {
        Change {
            scan: Self {
                failures: BTreeMap::new(),
                not_before: None,
                quarantined: false,
                ..self.clone()
            },
            failed: None,
            forgiven: true,
        }
    }

    /// An operator asks for a new scan: the image is given again as [`Scan::forgive`] says, and a lease that was for a
    /// second opinion is for that scan from now on, so that its failure is tried again as soon as any.
    pub fn ask_again(&self) -> Change {
        let mut change = self.forgive();
        change.scan.opinion = false;
        change
    }

    /// The holder of its lease was removed: that is nobody's failure.
    pub fn host_gone(&self) -> Change {
        let scan = Self {
            open: false,
            ..self.clone()
        };
        scan.into()
    }

    /// What stands before the first lease.
    const fn never() -> Self {
        Self {
            generation: 0,
            lease: String::new(),
            host: 0,
            host_scanner: None,
            expires: Timestamp::UNIX_EPOCH,
            open: false,
            opinion: false,
            failures: BTreeMap::new(),
            not_before: None,
            quarantined: false,
            scanners: Scanners::NONE,
        }
    }
}
