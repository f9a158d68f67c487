//! Leases: who gets an image to scan, and when it is given again.

use proto_types::{FailureCause, ImageDigest, Lease, ReportResponse, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{
    HostIdentity, Result, Rules,
    leases::{LEASES_PER_HOST, LeaseRules},
    secret,
};

use super::{
    failures::{self, Failure},
    sql::{ms, to_time},
};

/// An image without a complete SBOM that the reporting host runs.
pub struct Wanting {
    /// The image.
    pub image_id: i64,
    /// Its digest.
    pub digest: ImageDigest,
}

/// How the scan of an image stands.
pub struct Scan {
    /// The generation of its last lease.
    pub generation: i64,
    /// Its last lease.
    pub lease: String,
    /// The host that got it.
    pub host_id: i64,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether nothing has come of it yet.
    pub open: bool,
    /// Failures that count.
    pub failures: u64,
    /// Before when the image isn't given again.
    pub not_before: Timestamp,
    /// Whether it isn't given again unasked.
    pub quarantined: bool,
    /// The scanners that failed, one a line.
    pub scanners: String,
}

impl Scan {
    /// Whether the lease holds.
    pub fn is_live(&self, rules: &LeaseRules, now: Timestamp) -> bool {
        self.open && rules.is_live(self.expires_at, now)
    }

    fn may_be_given(&self, rules: &LeaseRules, scanner: Option<&str>, now: Timestamp) -> bool {
        // A scanner that has not failed yet deserves a try.
        let asked = !self.quarantined || scanner.is_some_and(|scanner| !self.has_failed(scanner));
        asked && !rules.is_held_back(self.not_before, now)
    }

    /// Whether a scanner is among those that failed.
    pub fn has_failed(&self, scanner: &str) -> bool {
        let scanner = failures::line(scanner);
        self.scanners.lines().any(|failed| failed == scanner)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            generation: row.get("generation")?,
            lease: row.get("lease")?,
            host_id: row.get("host_id")?,
            expires_at: to_time(row.get("expires_at")?)?,
            open: row.get("open")?,
            failures: row.get::<_, i64>("failures")?.unsigned_abs(),
            not_before: to_time(row.get("not_before")?)?,
            quarantined: row.get("quarantined")?,
            scanners: row.get::<_, Option<String>>("scanner")?.unwrap_or_default(),
        })
    }
}

/// How the scan of an image stands; `None` before it is leased first.
pub fn scan(connection: &Connection, image: i64) -> Result<Option<Scan>> {
    let scan = connection
        .prepare_cached("SELECT * FROM scan WHERE image_id = ?1")?
        .query_row([image], Scan::from_row)
        .optional()?;
    Ok(scan)
}

/// Gives a host its live leases again and new ones up to its bound; images that never failed
/// come first.
pub fn grant(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    wanting: Vec<Wanting>,
    scanner: Option<&str>,
    now: Timestamp,
) -> Result<ReportResponse> {
    if wanting.is_empty() {
        return Ok(ReportResponse::default());
    }
    let mut leases = Vec::new();
    let mut free = Vec::new();
    for image in wanting {
        match closed_or_live(connection, rules, &image, now)? {
            Some(scan) if scan.is_live(&rules.leases, now) => {
                if scan.host_id == host.id {
                    leases.push(again(&image, &scan, now));
                }
            }
            Some(scan) if !scan.may_be_given(&rules.leases, scanner, now) => {}
            Some(scan) => free.push((scan.failures, scan.generation, image)),
            None => free.push((0, 0, image)),
        }
    }
    free.sort_by_key(|(failures, generation, image)| (*failures, *generation, image.image_id));
    let room = LEASES_PER_HOST.saturating_sub(live_leases(connection, rules, host, now)?);
    for (_, generation, image) in free.into_iter().take(room) {
        leases.push(give(connection, rules, host, &image, generation + 1, now)?);
    }
    Ok(ReportResponse {
        scan_images: leases.iter().map(|lease| lease.image_digest).collect(),
        leases,
    })
}

/// How an image's scan stands once a lease that has run out is counted as a failure.
fn closed_or_live(
    connection: &Connection,
    rules: &Rules,
    image: &Wanting,
    now: Timestamp,
) -> Result<Option<Scan>> {
    let Some(found) = scan(connection, image.image_id)? else {
        return Ok(None);
    };
    if !found.open || found.is_live(&rules.leases, now) {
        return Ok(Some(found));
    }
    let expired = Failure {
        image_id: image.image_id,
        host_id: found.host_id,
        cause: FailureCause::Expired,
        message: "the lease ran out without a word from its holder",
        scanner: None,
    };
    failures::count(connection, rules, &expired, now)?;
    scan(connection, image.image_id)
}

fn live_leases(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    now: Timestamp,
) -> Result<usize> {
    let mut statement =
        connection.prepare_cached("SELECT expires_at FROM scan WHERE host_id = ?1 AND open = 1")?;
    let ends = statement
        .query_map([host.id], |row| to_time(row.get(0)?))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(ends
        .into_iter()
        .filter(|end| rules.leases.is_live(*end, now))
        .count())
}

fn give(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    image: &Wanting,
    generation: i64,
    now: Timestamp,
) -> Result<Lease> {
    let lease = secret::generate("lease")?;
    let ttl = rules.leases.ttl;
    let expires = now.checked_add(ttl).unwrap_or(Timestamp::MAX);
    connection
        .prepare_cached(
            "INSERT INTO scan (image_id, generation, lease, host_id, expires_at, open)
             VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (image_id) DO UPDATE
             SET generation = ?2, lease = ?3, host_id = ?4, expires_at = ?5, open = 1",
        )?
        .execute(params![
            image.image_id,
            generation,
            lease,
            host.id,
            ms(expires)
        ])?;
    tracing::info!(image = %image.digest, host = host.name, generation, "lease granted");
    Ok(Lease {
        image_digest: image.digest,
        lease,
        generation: generation.unsigned_abs(),
        ttl_seconds: ttl.as_secs().unsigned_abs(),
    })
}

/// The lease that its holder has already: the answer that told of it may have been lost.
fn again(image: &Wanting, scan: &Scan, now: Timestamp) -> Lease {
    Lease {
        image_digest: image.digest,
        lease: scan.lease.clone(),
        generation: scan.generation.unsigned_abs(),
        ttl_seconds: scan.expires_at.duration_since(now).as_secs().unsigned_abs(),
    }
}
