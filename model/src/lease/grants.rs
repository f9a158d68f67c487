//! What a host's report sets off: its leases that ran out are closed, the live ones on what it
//! runs are given again, and new ones up to its bound.

use std::collections::BTreeMap;

use proto_types::{ScanStatus, Timestamp};

use super::{
    rules::LeaseRules,
    scan::{Change, Scan},
};

/// At most so many live leases a host.
pub const LEASES_PER_HOST: usize = 2;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Asker<'a, I> {
    /// The host, by the store's number.
    pub host: i64,
    /// What it scans with.
    pub scanner: Option<&'a str>,
    /// Its open leases, also on images that it runs no more.
    pub open: Vec<(I, Scan)>,
}

/// What an image lacks. Who lacks more is given first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lacks {
    /// It has no SBOM.
    Sbom,
    /// It has an SBOM that is partial.
    Parts,
    /// It has a complete SBOM, and an admin wants a new one.
    Again,
    /// It has a complete SBOM, from an agent that kept less of what it found.
    Detail,
    /// It has a complete SBOM, which is to be compared with another host's.
    Opinion,
}

impl Lacks {
    /// What an image with an SBOM of this detail lacks, if anything, that an agent can add which
    /// keeps so much. One that keeps less would scan it in vain, again and again. `again` says that an
    /// admin wants a new one.
    #[must_use]
    pub const fn of(sbom: Option<ScanStatus>, detail: u32, again: bool, kept: u32) -> Option<Self> {
        match sbom {
            None => Some(Self::Sbom),
            Some(ScanStatus::Partial) => Some(Self::Parts),
            Some(ScanStatus::Complete) if again && detail <= kept => Some(Self::Again),
            Some(ScanStatus::Complete) if detail < kept => Some(Self::Detail),
            Some(ScanStatus::Complete) => None,
        }
    }
}

/// An image that the host runs and that lacks something.
#[derive(Debug, Clone)]
pub struct Wanted<I> {
    /// The image.
    pub image: I,
    /// What it lacks.
    pub lacks: Lacks,
    /// Whether another host is to scan it ([`is_for_others`](super::is_for_others)).
    pub for_others: bool,
    /// How its scan stands; `None` before its first lease.
    pub scan: Option<Scan>,
}

/// A lease that the host holds now.
#[derive(Debug, Clone)]
pub struct Given<I> {
    /// The image.
    pub image: I,
    /// Its scan, with the lease.
    pub scan: Scan,
    /// Whether it is given for the first time: an answer that told of it may have been lost.
    pub is_new: bool,
}

/// What a report sets off.
#[derive(Debug)]
#[must_use]
pub struct Granted<I> {
    /// What to write, in this order.
    pub changes: Vec<(I, Change)>,
    /// What the host holds of what it runs.
    pub leases: Vec<Given<I>>,
}

/// Gives a host what it may scan. `lease` makes the secret of a new lease.
///
/// # Errors
/// Those of `lease`.
pub fn grant<I: Copy + Ord, E>(
    asker: Asker<'_, I>,
    wanted: Vec<Wanted<I>>,
    mut lease: impl FnMut() -> Result<String, E>,
    rules: &LeaseRules,
    now: Timestamp,
) -> Result<Granted<I>, E> {
    let mut ended = Ended::new(rules, now);
    let mut live = 0;
    for (image, scan) in asker.open {
        live += usize::from(ended.settle(image, scan).open);
    }
    let mut leases = Vec::new();
    let mut free = Vec::new();
    for wanted in wanted {
        let Wanted {
            image, lacks, scan, ..
        } = wanted;
        match scan.map(|scan| ended.settle(image, scan)) {
            Some(scan) if scan.open && scan.host == asker.host => leases.push(Given {
                image,
                scan,
                is_new: false,
            }),
            Some(scan) if scan.open || !scan.may_be_given(asker.scanner, now) => {}
            _ if wanted.for_others => {}
            scan => free.push((priority(lacks, scan.as_ref(), image), scan)),
        }
    }
    free.sort_by_key(|(priority, _)| *priority);
    let mut changes: Vec<_> = ended.changes.into_iter().collect();
    let room = LEASES_PER_HOST.saturating_sub(live);
    for ((lacks, .., image), before) in free.into_iter().take(room) {
        let scan = Scan {
            opinion: lacks == Lacks::Opinion,
            ..Scan::granted(before, (asker.host, asker.scanner), lease()?, rules, now)
        };
        changes.push((image, scan.clone().into()));
        leases.push(Given {
            image,
            scan,
            is_new: true,
        });
    }
    Ok(Granted { changes, leases })
}

/// Who comes first: the image that lacks more, then the one that failed less often, then the one
/// that was given less often, then the one that was known first. So none that failed is given
/// before a fresh one.
fn priority<I>(lacks: Lacks, scan: Option<&Scan>, image: I) -> (Lacks, u64, u64, I) {
    let failures = scan.map_or(0, Scan::counted);
    let generation = scan.map_or(0, |scan| scan.generation);
    (lacks, failures, generation, image)
}

/// The leases that a report finds run out. Each is over from then on, whatever the clock says
/// later, so that no host comes to hold more than its bound when the clock is set back.
struct Ended<'r, I> {
    rules: &'r LeaseRules,
    now: Timestamp,
    changes: BTreeMap<I, Change>,
}

impl<'r, I: Ord> Ended<'r, I> {
    const fn new(rules: &'r LeaseRules, now: Timestamp) -> Self {
        Self {
            rules,
            now,
            changes: BTreeMap::new(),
        }
    }

    /// How a scan stands once a lease that has run out is counted as a failure.
    fn settle(&mut self, image: I, scan: Scan) -> Scan {
        if let Some(change) = self.changes.get(&image) {
            return change.scan.clone();
        }
        let Some(change) = scan.expire(self.rules, self.now) else {
            return scan;
        };
        let scan = change.scan.clone();
        self.changes.insert(image, change);
        scan
    }
}
