//! What always holds of leases and SBOMs, under whatever is duplicated, reordered, delayed or
//! clock-jumped.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proto_types::{FailureCause, Opinion, ScanOutcome, ScanStatus};

use super::{
    super::{
        Asker, Change, Granted, Known, LEASES_PER_HOST, Lacks, LeaseClaim, NotClaimed, Opined,
        Scan, Upload, Wanted, grant, is_for_others, judge,
    },
    RULES, TTL, at, failure,
};
use crate::sbom::Difference;

/// What an upload says: which packages, of which the higher ones list more, in which detail.
type Content = (u8, u32);

/// Whether an upload is of everything in its image, or else whose fault it is that it isn't.
type Whole = Result<(), FailureCause>;

/// One thing that happens. Leases are meant by how many leases ago they were granted.
#[derive(Debug, Clone)]
enum Step {
    Report(i64, BTreeSet<u8>, u8, u32),
    Upload(i64, usize, (u8, Content), Whole),
    Fail(i64, usize, bool),
    Forgive(u8),
    Withdraw(u8),
    Again(u8),
    Gone(i64),
    Pass(i64),
}

fn whole() -> impl Strategy<Value = Whole> {
    prop_oneof![
        2 => Just(Ok(())),
        1 => Just(Err(FailureCause::Image)),
        1 => Just(Err(FailureCause::Environment)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let host = || 1..4_i64;
    prop_oneof![
        6 => (host(), prop::collection::btree_set(1..6_u8, 0..5), 0..3_u8, 0..3_u32)
            .prop_map(|(host, images, scanner, kept)| Step::Report(host, images, scanner, kept)),
        4 => (host(), 0..6_usize, (0..3_u8, (0..3_u8, 0..3_u32)), whole())
            .prop_map(|(host, back, content, whole)| Step::Upload(host, back, content, whole)),
        2 => (host(), 0..6_usize, any::<bool>())
            .prop_map(|(host, back, own)| Step::Fail(host, back, own)),
        1 => (1..6_u8).prop_map(Step::Forgive),
        1 => (1..6_u8).prop_map(Step::Withdraw),
        1 => (1..6_u8).prop_map(Step::Again),
        1 => host().prop_map(Step::Gone),
        4 => prop_oneof![
            1..120_i64, Just(TTL - 1), Just(TTL), Just(86_400), Just(-1), Just(-600),
            Just(-TTL), Just(-86_400),
        ].prop_map(Step::Pass),
    ]
}

/// What a store would keep.
#[derive(Default)]
struct World {
    now: i64,
    scans: BTreeMap<u8, Scan>,
    sboms: BTreeMap<u8, (Known, u8)>,
    /// Who submitted each, scanned with what; what others said of it; and whose was withdrawn.
    submitters: BTreeMap<u8, (i64, String)>,
    opinions: BTreeMap<u8, Opinion>,
    withdrawn: BTreeSet<(u8, i64)>,
    leases: Vec<(u8, Scan)>,
}

impl World {
    fn take(&mut self, step: Step) {
        match step {
            Step::Report(host, images, scanner, kept) => {
                self.report(host, &images, scanner, kept);
            }
            Step::Upload(host, back, content, whole) => self.upload(host, back, content, whole),
            Step::Fail(host, back, own) => self.fail(host, back, own),
            Step::Forgive(image) => {
                let change = self.scans.get(&image).map(Scan::forgive);
                self.write(image, change);
            }
            Step::Withdraw(image) => self.withdraw(image),
            Step::Again(image) => {
                if let Some((known, _)) = self.sboms.get_mut(&image) {
                    known.again = known.sbom == Some(ScanStatus::Complete);
                }
                let change = self.scans.get(&image).map(Scan::forgive);
                self.write(image, change);
            }
            Step::Gone(host) => {
                for (image, scan) in self.open(host) {
                    self.write(image, Some(scan.host_gone()));
                }
            }
            Step::Pass(seconds) => self.now += seconds,
        }
    }

    /// What is withdrawn comes back by no lease from before.
    fn withdraw(&mut self, image: u8) {
        let Some((submitter, _)) = self.submitters.remove(&image) else {
            return;
        };
        self.sboms.remove(&image);
        self.opinions.remove(&image);
        self.withdrawn.insert((image, submitter));
        let change = self.scans[&image].withdraw(Some(submitter));
        let scan = change.scan.clone();
        assert!(scan.generation > 1 && scan.counted() == 0 && !scan.quarantined);
        for claim in [None, Some(scan.generation)] {
            let claim = LeaseClaim {
                lease: None,
                generation: claim,
            };
            assert!(claim.check(Some(scan.clone()), submitter).is_err());
        }
        self.write(image, Some(change));
    }

    /// What an image lacks that a host can add: all are compared with another host's scan.
    fn lacks(
        &self,
        image: u8,
        (sbom, detail): (Option<ScanStatus>, u32),
        host: i64,
        (kept, scanner): (u32, &str),
    ) -> Option<Lacks> {
        let again = self.known(image).again;
        let known = Lacks::of(sbom, detail, again, kept);
        let opinion = || {
            let wants = sbom.is_some() && self.opined(image).wants(host, Some(scanner));
            wants.then_some(Lacks::Opinion)
        };
        known.or_else(opinion)
    }

    fn known(&self, image: u8) -> Known {
        self.sboms
            .get(&image)
            .map(|known| known.0)
            .unwrap_or_default()
    }

    fn opined(&self, image: u8) -> Opined<'_> {
        let (submitter, scanner) = match self.submitters.get(&image) {
            Some((host, scanner)) => (Some(*host), Some(scanner.as_str())),
            None => (None, None),
        };
        let opinion = self.opinions.get(&image).copied();
        Opined {
            submitter,
            scanner,
            opinion: opinion.unwrap_or(Opinion::Unconfirmed),
        }
    }

    fn open(&self, host: i64) -> Vec<(u8, Scan)> {
        let open = self.scans.iter();
        open.filter(|(_, scan)| scan.open && scan.host == host)
            .map(|(image, scan)| (*image, scan.clone()))
            .collect()
    }

    fn report(&mut self, host: i64, images: &BTreeSet<u8>, scanner: u8, kept: u32) {
        let scanner = format!("syft {scanner}");
        let known = |image| {
            self.sboms
                .get(image)
                .map_or(Known::default(), |known| known.0)
        };
        let wanted = images
            .iter()
            .filter_map(|image| {
                let Known { sbom, detail, .. } = known(image);
                Some(Wanted {
                    image: *image,
                    lacks: self.lacks(*image, (sbom, detail), host, (kept, &scanner))?,
                    for_others: is_for_others(self.withdrawn.contains(&(*image, host)), true),
                    scan: self.scans.get(image).cloned(),
                })
            })
            .collect();
        let asker = Asker {
            host,
            scanner: Some(&scanner),
            open: self.open(host),
        };
        let mut number = self.leases.len();
        let lease = || {
            number += 1;
            Ok::<_, std::convert::Infallible>(format!("lease {number}"))
        };
        let granted = grant(asker, wanted, lease, &RULES, at(self.now)).unwrap();
        self.check_order(images, &granted);
        for (image, change) in granted.changes {
            self.write(image, Some(change));
        }
        for given in granted.leases {
            assert!(images.contains(&given.image), "only what the host reported");
            assert_eq!(given.scan.host, host, "another host's lease");
            assert!(given.scan.is_live(&RULES, at(self.now)));
            if given.is_new {
                assert!(!self.withdrawn.contains(&(given.image, host)));
                self.leases.push((given.image, given.scan));
            }
        }
    }

    /// A failed image is never given before a fresh one.
    fn check_order(&self, images: &BTreeSet<u8>, granted: &Granted<u8>) {
        let given: BTreeSet<u8> = granted.leases.iter().map(|given| given.image).collect();
        let fresh_left = images
            .iter()
            .any(|image| !self.scans.contains_key(image) && !given.contains(image));
        let failed_given = granted
            .leases
            .iter()
            .any(|given| given.is_new && given.scan.generation > 1);
        assert!(!(fresh_left && failed_given), "{granted:?}");
    }

    /// Writes what a transition asks for, and holds it to what always holds.
    fn write(&mut self, image: u8, change: Option<Change>) {
        let Some(Change { scan, failed, .. }) = change else {
            return;
        };
        if let Some(before) = self.scans.get(&image) {
            let grown = scan.generation - before.generation;
            assert_eq!(grown, u64::from(scan.lease != before.lease));
            let was_live = before.is_live(&RULES, at(self.now));
            assert!(
                grown == 0 || !was_live || !scan.open,
                "two live leases on {image}"
            );
        }
        if let (Some(before), Some(_)) = (self.scans.get(&image), &failed) {
            let counts =
                scan.counted() > before.counted() || scan.quarantined != before.quarantined;
            assert!(
                !before.opinion || !counts,
                "a second opinion failed: {scan:?}"
            );
        }
        assert!(failed.is_none_or(|failed| failed.host == scan.host));
        self.scans.insert(image, scan);
    }

    /// The image and the scan of a claim on a lease that was granted so many leases ago; none
    /// where it is refused, which it is in the right way.
    fn claimed(&self, host: i64, back: usize) -> Option<(u8, Scan)> {
        let (image, lease) = self.leases.iter().rev().nth(back)?;
        let claim = LeaseClaim {
            lease: Some(lease.lease.clone()),
            generation: Some(lease.generation),
        };
        let newest = self.scans.get(image).cloned();
        let current = newest.as_ref().map_or(0, |scan| scan.generation);
        let expected = match (lease.generation < current, lease.host == host) {
            (true, _) => Err(NotClaimed::Superseded { current }),
            (false, true) => Ok(()),
            (false, false) => Err(NotClaimed::NotHeld),
        };
        let claimed = claim.check(newest, host);
        assert_eq!(claimed.as_ref().map(|_| ()).map_err(|e| *e), expected);
        Some((*image, claimed.ok()?))
    }

    fn upload(
        &mut self,
        host: i64,
        back: usize,
        (scanner, (packages, detail)): (u8, Content),
        whole: Whole,
    ) {
        let Some((image, scan)) = self.claimed(host, back) else {
            return;
        };
        let status = match whole {
            Ok(()) => ScanStatus::Complete,
            Err(_) => ScanStatus::Partial,
        };
        let upload = Upload {
            status,
            generation: scan.generation,
            detail,
            cause: whole.err().unwrap_or(FailureCause::Image),
        };
        let (known, before) = self.sboms.get(&image).copied().unwrap_or_default();
        let difference = differ((before, known.detail), (packages, detail));
        let outcome = judge(&known, &upload, &difference);
        let name = format!("syft {scanner}");
        let opined = self.opined(image);
        let is_anothers = opined.submitter.is_some_and(|one| one != host);
        let said = opined.after((host, Some(&name)), (status, outcome));
        assert!(said.is_none() || (is_anothers && whole.is_ok()), "{said:?}");
        assert!(said != Some(Opinion::Confirmed) || before == packages);
        self.opinions.extend(said.map(|said| (image, said)));
        if outcome == ScanOutcome::Stored {
            assert!(known.generation.is_none_or(|old| old <= upload.generation));
            let was_whole = known.sbom == Some(ScanStatus::Complete);
            assert!(
                !was_whole
                    || (whole.is_ok() && known.detail < detail && before <= packages)
                    || (whole.is_ok() && known.again && known.detail <= detail),
                "{known:?} was replaced by {upload:?}"
            );
            let new = Known {
                sbom: Some(status),
                generation: Some(upload.generation),
                detail,
                again: false,
            };
            self.sboms.insert(image, (new, packages));
            let scanner = format!("syft {scanner}");
            self.submitters.insert(image, (host, scanner));
            self.opinions.remove(&image);
        }
        let words = (None, Some("syft 0"));
        let change = scan.uploaded((&known, &upload), outcome, words, &RULES, at(self.now));
        let after = self.sboms.get(&image).map_or(known, |known| known.0);
        let still = Lacks::of(after.sbom, after.detail, after.again, detail);
        let held_back = change.as_ref().is_some_and(|c| c.scan.not_before.is_some());
        assert!(
            !scan.open || still.is_none() || held_back,
            "{still:?} would be scanned again at once"
        );
        let is_the_hosts = whole == Err(FailureCause::Environment);
        let counted = change.as_ref().map_or(0, |change| change.scan.counted());
        assert!(!is_the_hosts || counted <= scan.counted(), "{change:?}");
        self.write(image, change);
    }

    fn fail(&mut self, host: i64, back: usize, own: bool) {
        let cause = match own {
            true => FailureCause::Environment,
            false => FailureCause::Image,
        };
        if let Some((image, scan)) = self.claimed(host, back) {
            self.write(image, scan.fail(&RULES, failure(cause), at(self.now)));
        }
    }

    /// At most two live leases a host, at whatever time.
    fn check(&self) {
        for host in 1..4 {
            let open = self.open(host);
            assert!(open.len() <= LEASES_PER_HOST, "host {host}: {open:?}");
        }
        for scan in self.scans.values() {
            assert!(!scan.quarantined || scan.counted() >= 3, "{scan:?}");
        }
    }
}

/// How contents differ: packages are numbered, and each is listed once.
fn differ((here, before): Content, (there, after): Content) -> Difference {
    let gained = usize::from(there.saturating_sub(here));
    let lost = usize::from(here.saturating_sub(there));
    let details = usize::from(before != after);
    Difference {
        only_there: gained + details,
        only_here: lost + details,
        distro: false,
        gained,
        lost,
    }
}

proptest! {
    #[test]
    fn leases_and_sboms_keep_their_invariants(steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::default();
        for step in steps {
            world.take(step);
            world.check();
        }
    }
}
