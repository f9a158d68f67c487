//! The cycle: report, scan what the server leases, send what was found, and report again until
//! nothing more is given.

mod upload;

use std::{collections::BTreeSet, time::Duration};

use proto_types::{ImageDigest, Lease};

use crate::{
    clock::Moment,
    exit::Failure,
    host::Host,
    progress::Progress,
    report::{self, Told},
    scan::{ScanError, clear_leftovers, scan},
    state::{Lock, StateError},
    syft::Found,
};

/// How often a cycle reports at most: at two leases a report, a new host's images fit in.
const ROUNDS: u32 = 500;
/// With less of a lease left than this no scan is begun.
const SHORTEST: Duration = Duration::from_secs(1);
/// How long the end of another cycle is waited for by an update that got leases.
const UPDATE: Duration = Duration::from_secs(2);

/// One full cycle.
///
/// # Errors
/// [`Failure`]: another cycle runs, the server was not told everything, or a store could not be
/// listed.
pub(crate) async fn full(host: &Host) -> Result<(), Failure> {
    let _lock = Lock::scanning(&host.folder, Duration::ZERO).await?;
    clear_leftovers(&host.folder.scans(), &host.stores).await;
    host.scanner.look().await;
    let told = report::full(host).await?;
    for warning in host.client.warnings() {
        tracing::warn!("{warning}");
    }
    work_off(host, told).await
}

/// One container's update, and the scans that the server gives for it.
///
/// While a cycle runs elsewhere the scans are left to that: it reports again, and gets the same
/// leases then.
///
/// # Errors
/// As [`full`].
pub(crate) async fn update(host: &Host, container: &str) -> Result<(), Failure> {
    let told = report::update(host, container).await?;
    if told.leases.is_empty() {
        return finish(&told);
    }
    match Lock::scanning(&host.folder, UPDATE).await {
        Ok(_lock) => {
            clear_leftovers(&host.folder.scans(), &host.stores).await;
            work_off(host, told).await
        }
        Err(StateError::Busy { .. }) => {
            tracing::info!("the cycle that is running will scan the images");
            finish(&told)
        }
        Err(error) => Err(error.into()),
    }
}

/// Scans what is leased and reports again, until nothing is leased that wasn't tried.
async fn work_off(host: &Host, mut told: Told) -> Result<(), Failure> {
    let mut tried = BTreeSet::new();
    for _ in 0..ROUNDS {
        let leases = std::mem::take(&mut told.leases);
        let fresh = |lease: &Lease| !tried.contains(&lease.image_digest);
        let leases: Vec<Lease> = leases.into_iter().filter(fresh).collect();
        if leases.is_empty() {
            break;
        }
        // A scanner that doesn't work is no image's fault: none is mounted, and no lease is kept.
        host.scanner.prove().await;
        if let Some(problem) = host.scanner.problem() {
            give_back(host, &leases, &problem).await?;
            told = report::full(host).await?;
            break;
        }
        for (number, lease) in leases.iter().enumerate() {
            let (image, of) = (&lease.image_digest, leases.len());
            tracing::info!(%image, "scanning image {} of {of}", number + 1);
            tried.insert(*image);
            work(host, &told, lease).await?;
        }
        told = report::full(host).await?;
    }
    match host.scanner.problem() {
        Some(problem) => Err(Failure::Incomplete(problem)),
        None => finish(&told),
    }
}

/// Gives leases back that can't be used.
async fn give_back(host: &Host, leases: &[Lease], problem: &str) -> Result<(), Failure> {
    for lease in leases {
        let error = ScanError::NoScanner(problem.to_owned());
        upload::failed(host, lease, &error).await?;
    }
    Ok(())
}

/// Scans one image and tells the server what came of it.
async fn work(host: &Host, told: &Told, lease: &Lease) -> Result<(), Failure> {
    let began = Moment::now();
    let result = {
        let image: ImageDigest = lease.image_digest;
        let _progress = Progress::start(&format!("scanning image {}", image.short()));
        attempt(host, told, lease).await
    };
    match result {
        Ok(found) => upload::found(host, lease, found, began.elapsed()).await,
        Err(error) => upload::failed(host, lease, &error).await,
    }
}

async fn attempt(host: &Host, told: &Told, lease: &Lease) -> Result<Found, ScanError> {
    if let Some(problem) = host.scanner.problem() {
        return Err(ScanError::NoScanner(problem));
    }
    let scans = host.folder.scans();
    let store = told.seen.store_of(&lease.image_digest);
    let means = store.and_then(|store| host.means(store, &scans));
    let means = means.ok_or(ScanError::NotRunning)?;
    let ends = end_of(told.sent, Duration::from_secs(lease.ttl_seconds));
    if ends.remaining() < SHORTEST {
        return Err(ScanError::LeaseEnded);
    }
    let result = scan(means, &lease.image_digest, ends).await;
    if result.as_ref().is_err_and(ScanError::may_be_the_scanners) {
        host.scanner.try_it().await;
        if let Some(problem) = host.scanner.problem() {
            return Err(ScanError::NoScanner(problem));
        }
    }
    result
}

/// When a scan under a lease must be over: early enough to upload what it found while the lease
/// still holds.
fn end_of(sent: Moment, lease: Duration) -> Moment {
    let margin = Duration::from_secs(60).min(lease / 10);
    sent.after(lease.saturating_sub(margin))
}

/// The cycle's end: whether the server knows everything now.
fn finish(told: &Told) -> Result<(), Failure> {
    match told.seen.why_incomplete() {
        None => Ok(()),
        Some(why) => Err(Failure::Incomplete(why)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Moment, end_of};

    #[test]
    fn a_scan_ends_before_its_lease_does() {
        let sent = Moment::now();
        for (lease, most) in [(1800, 1740), (100, 90), (0, 0)] {
            let end = end_of(sent, Duration::from_secs(lease));
            assert_eq!(end, sent.after(Duration::from_secs(most)));
        }
        assert!(end_of(sent, Duration::MAX).remaining() > Duration::from_secs(3600));
    }
}
