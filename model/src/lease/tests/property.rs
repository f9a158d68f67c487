//! What always holds of leases and SBOMs, under whatever is duplicated, reordered, delayed or
//! clock-jumped.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proto_types::{FailureCause, ScanOutcome, ScanStatus};

use super::{
    super::{
        Asker, Change, Granted, Known, LEASES_PER_HOST, Lacks, LeaseClaim, NotClaimed, Scan,
        Upload, Wanted, grant, judge,
    },
    RULES, TTL, at, failure,
};

/// One thing that happens. Leases are meant by how many leases ago they were granted.
#[derive(Debug, Clone)]
enum Step {
    Report(i64, BTreeSet<u8>, u8),
    Upload(i64, usize, u8, bool),
    Fail(i64, usize, bool),
    Forgive(u8),
    Gone(i64),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let host = || 1..4_i64;
    prop_oneof![
        6 => (host(), prop::collection::btree_set(1..6_u8, 0..5), 0..3_u8)
            .prop_map(|(host, images, scanner)| Step::Report(host, images, scanner)),
        4 => (host(), 0..6_usize, 0..3_u8, any::<bool>())
            .prop_map(|(host, back, content, whole)| Step::Upload(host, back, content, whole)),
        2 => (host(), 0..6_usize, any::<bool>())
            .prop_map(|(host, back, own)| Step::Fail(host, back, own)),
        1 => (1..6_u8).prop_map(Step::Forgive),
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
    sboms: BTreeMap<u8, Known>,
    leases: Vec<(u8, Scan)>,
}

impl World {
    fn take(&mut self, step: Step) {
        match step {
            Step::Report(host, images, scanner) => self.report(host, &images, scanner),
            Step::Upload(host, back, content, whole) => self.upload(host, back, content, whole),
            Step::Fail(host, back, own) => self.fail(host, back, own),
            Step::Forgive(image) => {
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

    fn open(&self, host: i64) -> Vec<(u8, Scan)> {
        let open = self.scans.iter();
        open.filter(|(_, scan)| scan.open && scan.host == host)
            .map(|(image, scan)| (*image, scan.clone()))
            .collect()
    }

    fn report(&mut self, host: i64, images: &BTreeSet<u8>, scanner: u8) {
        let scanner = format!("syft {scanner}");
        let status = |image| self.sboms.get(image).and_then(|known| known.sbom);
        let wanted = images
            .iter()
            .filter_map(|image| {
                Some(Wanted {
                    image: *image,
                    lacks: Lacks::of(status(image))?,
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
            assert!(grown == 0 || !was_live, "two live leases on {image}");
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

    fn upload(&mut self, host: i64, back: usize, content: u8, whole: bool) {
        let Some((image, scan)) = self.claimed(host, back) else {
            return;
        };
        let status = match whole {
            true => ScanStatus::Complete,
            false => ScanStatus::Partial,
        };
        let upload = Upload {
            status,
            hash: [content; 32],
            generation: scan.generation,
            artifacts: usize::from(content),
        };
        let known = self.sboms.entry(image).or_default();
        if judge(known, &upload) == ScanOutcome::Stored {
            assert!(
                known
                    .generation
                    .is_none_or(|before| before <= upload.generation)
            );
            assert_ne!(known.sbom, Some(ScanStatus::Complete), "replaced");
            *known = Known {
                sbom: Some(status),
                hash: Some(upload.hash),
                generation: Some(upload.generation),
                artifacts: upload.artifacts,
            };
        }
        let change = match whole {
            true => Some(scan.complete()),
            false => scan.partial(&RULES, None, Some("syft 0"), at(self.now)),
        };
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
