//! Hosts that report: containers that start and stop, and SBOMs of what they run.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
};

use assetmon_server::store::HostIdentity;
use proto_types::{ContainerReport, FullReport, ImageDigest, Lease, ReportedContainer, ScanReport};

use super::Busy;
use crate::common::{container, deb, full, sbom, scan, started};

/// Containers of a host, at most.
const CONTAINERS: u64 = 6;
/// Images that are run at a time.
const IMAGES: i64 = 40;

/// Numbers that look like chance, the same at each run.
pub struct Chance(pub u64);

impl Chance {
    /// A number below another one.
    pub fn below(&mut self, end: u64) -> u64 {
        // Xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// The image of a number.
fn image(number: i64) -> ImageDigest {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    ImageDigest::from_bytes(bytes)
}

/// Reports as a host until it is over. Before that it stops everything.
pub async fn report(busy: Arc<Busy>, host: HostIdentity, number: u64) {
    let mut chance = Chance(1000 + number * 7919);
    let mut runs: BTreeMap<String, i64> = BTreeMap::new();
    while !busy.over.load(Ordering::Relaxed) {
        let leases = match chance.below(3) {
            0 => update(&busy, &host, &mut chance, &mut runs).await,
            _ => {
                let listed = listing(&busy, &mut chance, &runs);
                tell(&busy, &host, &mut runs, listed).await
            }
        };
        for lease in leases {
            upload(&busy, &host, &lease).await;
        }
    }
    tell(&busy, &host, &mut runs, BTreeMap::new()).await;
}

/// An image to run: one of the last few, or now and then a new one.
fn some_image(busy: &Busy, chance: &mut Chance) -> i64 {
    let newest = match chance.below(10) {
        0 => busy.images.fetch_add(1, Ordering::Relaxed) + 1,
        _ => busy.images.load(Ordering::Relaxed),
    };
    let back = i64::try_from(chance.below(IMAGES.unsigned_abs())).unwrap();
    (newest - back).max(0)
}

fn listing(
    busy: &Busy,
    chance: &mut Chance,
    runs: &BTreeMap<String, i64>,
) -> BTreeMap<String, i64> {
    let mut listed = BTreeMap::new();
    for number in 0..CONTAINERS {
        let name = format!("c{number}");
        match (chance.below(4), runs.get(&name)) {
            (0, _) => {}
            (1, _) | (_, None) => {
                listed.insert(name, some_image(busy, chance));
            }
            (_, Some(image)) => {
                listed.insert(name, *image);
            }
        }
    }
    listed
}

fn reported(name: &str, on: i64) -> ReportedContainer {
    ReportedContainer {
        image_digest: image(on),
        ..container(name, 1)
    }
}

/// Tells everything that runs, and counts what began and ended by it.
async fn tell(
    busy: &Busy,
    host: &HostIdentity,
    runs: &mut BTreeMap<String, i64>,
    listed: BTreeMap<String, i64>,
) -> Vec<Lease> {
    let report = FullReport {
        containers: listed
            .iter()
            .map(|(name, on)| reported(name, *on))
            .collect(),
        ..full(&[])
    };
    let leases = busy.fleet.report(host, report).await.unwrap().leases;
    let ended = runs
        .iter()
        .filter(|(name, on)| listed.get(*name) != Some(on));
    let begun = listed
        .iter()
        .filter(|(name, on)| runs.get(*name) != Some(on));
    let told = ended.count() + begun.count();
    busy.told.fetch_add(told as u64, Ordering::Relaxed);
    *runs = listed;
    leases
}

/// Tells of one container that it started, or stopped.
async fn update(
    busy: &Busy,
    host: &HostIdentity,
    chance: &mut Chance,
    runs: &mut BTreeMap<String, i64>,
) -> Vec<Lease> {
    let name = format!("c{}", chance.below(CONTAINERS));
    let on = some_image(busy, chance);
    let running = chance.below(2) == 0;
    let report = ContainerReport {
        running,
        container: reported(&name, on),
        ..started(&name, 1)
    };
    let leases = busy.fleet.update(host, report).await.unwrap().leases;
    let before = match running {
        true => runs.insert(name, on),
        false => runs.remove(&name),
    };
    let ended = before.is_some_and(|before| !running || before != on);
    let begun = running && before != Some(on);
    let told = u64::from(ended) + u64::from(begun);
    busy.told.fetch_add(told, Ordering::Relaxed);
    leases
}

/// Uploads what an image holds: an artifact that all hold, and one of its own.
async fn upload(busy: &Busy, host: &HostIdentity, lease: &Lease) {
    let number = i64::from_be_bytes(lease.image_digest.as_bytes()[..8].try_into().unwrap());
    let held = [deb("all", "1"), deb("one", &number.to_string())];
    let mut report: ScanReport = scan(1, &held, proto_types::ScanStatus::Complete);
    report.image.digest = lease.image_digest;
    // A lease may have run out by the clock's jumps, and be another host's by now.
    let _ = busy.fleet.upload(host, lease, sbom(report)).await;
}
