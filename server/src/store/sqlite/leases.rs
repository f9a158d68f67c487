//! Leases: who gets an image to scan, and what a holder says of it. The rules are
//! `model::lease`'s; here their rows are read and written.

use model::lease::{
    self, Asker, Change, Failure, Given, Lacks, LeaseClaim, NotClaimed, Scan, Wanted,
};
use proto_types::{HeldLease, ImageDigest, Lease, ReportResponse, Timestamp};
use rusqlite::Connection;

use crate::store::{HostIdentity, Result, StoreError, secret};

use super::{aliases, context::Context, image_row, scan, sql::time, withdrawn};

/// An image that the reporting host runs and that lacks something.
pub struct Wanting {
    /// The image.
    pub image_id: i64,
    /// Its digest.
    pub digest: ImageDigest,
    /// What it lacks.
    pub lacks: Lacks,
}

/// Gives a host its live leases again and new ones up to its bound.
pub fn grant(
    cx: &Context<'_>,
    host: &HostIdentity,
    wanting: &[Wanting],
    scanner: Option<&str>,
) -> Result<ReportResponse> {
    if wanting.is_empty() {
        return Ok(ReportResponse::default());
    }
    let asker = Asker {
        host: host.id,
        scanner,
        open: scan::open_of(cx, host.id)?,
    };
    let wanted = wanting
        .iter()
        .map(|wanting| {
            Ok(Wanted {
                image: wanting.image_id,
                lacks: wanting.lacks,
                for_others: withdrawn::is_for_others(cx, wanting.image_id, host.id)?,
                scan: scan::read(cx, wanting.image_id)?,
            })
        })
        .collect::<Result<_>>()?;
    let secret = || secret::generate("lease");
    let granted = lease::grant(asker, wanted, secret, &cx.rules.leases, cx.now)?;
    for (image, change) in &granted.changes {
        scan::write(cx, *image, change)?;
    }
    let leases: Vec<Lease> = granted
        .leases
        .iter()
        .filter_map(|given| told(host, wanting, given, cx.now))
        .collect();
    Ok(ReportResponse {
        cloned_since: None,
        scan_images: leases.iter().map(|lease| lease.image_digest).collect(),
        leases,
        left_out: None,
    })
}

/// A lease as its holder is told of it.
fn told(
    host: &HostIdentity,
    wanting: &[Wanting],
    given: &Given<i64>,
    now: Timestamp,
) -> Option<Lease> {
    let image = wanting.iter().find(|one| one.image_id == given.image)?;
    let generation = given.scan.generation;
    if given.is_new {
        tracing::info!(image = %image.digest, host = host.name, generation, "lease granted");
    }
    Some(Lease {
        image_digest: image.digest,
        lease: given.scan.lease.clone(),
        generation,
        ttl_seconds: given.scan.left(now).as_secs().unsigned_abs(),
    })
}

/// The scan that a host claims the lease of, with the number of its image.
///
/// # Errors
/// [`StoreError::LeaseSuperseded`] where a newer lease was granted, [`StoreError::Forbidden`]
/// where the lease is not the host's.
pub fn claimed(
    connection: &Connection,
    host: &HostIdentity,
    digest: ImageDigest,
    claim: &LeaseClaim,
) -> Result<(i64, Scan)> {
    let image = image_row::id(connection, digest)?;
    let scan = claim.check(scan::read(connection, image)?, host.id);
    let scan = scan.map_err(|error| match error {
        NotClaimed::Superseded { current } => StoreError::LeaseSuperseded {
            image: digest,
            current,
        },
        NotClaimed::NotHeld => StoreError::Forbidden(format!(
            "host `{}` holds no such lease on image {digest}",
            host.name
        )),
    })?;
    Ok((image, scan))
}

/// Takes in why a host has no SBOM; says whether the image is quarantined now.
pub fn scan_failure(
    cx: &Context<'_>,
    host: &HostIdentity,
    (digest, claim): (ImageDigest, &LeaseClaim),
    failure: Failure,
) -> Result<bool> {
    let (image, scan) = claimed(cx, host, digest, claim)?;
    let Some(change) = scan.fail(&cx.rules.leases, failure, cx.now) else {
        return Ok(scan.quarantined);
    };
    scan::write(cx, image, &change)?;
    Ok(change.scan.quarantined)
}

/// Lets an image whose scans failed be given again, with nothing counted against it or against who
/// scanned it.
pub fn forgive(connection: &Connection, digest: ImageDigest) -> Result<()> {
    give_again(connection, aliases::one(connection, digest)?, Scan::forgive)
}

fn give_again(
    connection: &Connection,
    image: i64,
    become_of: impl FnOnce(&Scan) -> Change,
) -> Result<()> {
    if let Some(scan) = scan::read(connection, image)? {
        scan::write(connection, image, &become_of(&scan))?;
    }
    withdrawn::pardon(connection, image)
}

/// Lets an image be scanned again although it has a complete SBOM, which stays until a new one is in.
pub fn scan_again(connection: &Connection, digest: ImageDigest) -> Result<()> {
    let image = aliases::one(connection, digest)?;
    give_again(connection, image, Scan::ask_again)?;
    connection
        .prepare_cached("UPDATE image SET again = 1 WHERE id = ?1 AND sbom = 2")?
        .execute([image])?;
    Ok(())
}

/// Ends the leases of a host that is reset or removed.
pub fn end_all(connection: &Connection, host: i64) -> Result<()> {
    for (image, scan) in scan::open_of(connection, host)? {
        scan::write(connection, image, &scan.host_gone())?;
    }
    Ok(())
}

/// How many leases are live.
pub fn live(cx: &Context<'_>) -> Result<u64> {
    let mut open = cx.prepare_cached("SELECT expires_at FROM scan WHERE open = 1")?;
    let mut ends = open.query([])?;
    let mut live = 0;
    while let Some(row) = ends.next()? {
        let expires = time(row, "expires_at")?;
        live += u64::from(cx.rules.leases.is_live(expires, cx.now));
    }
    Ok(live)
}

/// The lease on an image, while one holds.
pub fn held(cx: &Context<'_>, image: i64) -> Result<Option<HeldLease>> {
    let Some(scan) = scan::read(cx, image)?.filter(|s| s.is_live(&cx.rules.leases, cx.now)) else {
        return Ok(None);
    };
    let host = cx
        .prepare_cached("SELECT name FROM host WHERE id = ?1")?
        .query_row([scan.host], |row| row.get(0))?;
    Ok(Some(HeldLease {
        host,
        generation: scan.generation,
        expires_at: scan.expires,
    }))
}
