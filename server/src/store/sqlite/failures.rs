//! Scans that failed: what counts, what is held back, what is quarantined.

use proto_types::{FailureCause, ImageDigest, ScanFailure, Timestamp};
use rusqlite::{Connection, params};

use crate::store::{
    HostIdentity, LeaseClaim, Result, Rules, StoreError,
    leases::{self, LeaseRules},
};

use super::{aliases, grants, image_row, sboms, sql::ms};

/// No message is kept longer, in characters.
const LONGEST_MESSAGE: usize = 500;
/// So many scanners that failed on an image are remembered.
const MOST_SCANNERS: usize = 32;
/// So many failures of an image are kept to be shown.
const KEPT: i64 = 20;

/// A failure to be counted.
pub struct Failure<'f> {
    /// The image.
    pub image_id: i64,
    /// The host that had the lease.
    pub host_id: i64,
    /// Whose fault it was.
    pub cause: FailureCause,
    /// What happened.
    pub message: &'f str,
    /// The scanner, where it is known.
    pub scanner: Option<&'f str>,
}

/// Takes in a host's failure; says whether the image is quarantined now.
pub fn record(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    failure: &ScanFailure,
    now: Timestamp,
) -> Result<bool> {
    if failure.cause == FailureCause::Expired {
        return Err(StoreError::invalid(
            "`cause` must be `image` or `environment`: only the server sees a lease expire",
        ));
    }
    let image = image_row::id(connection, failure.image_digest)?;
    let claim = LeaseClaim {
        lease: failure.lease.clone(),
        generation: failure.generation,
    };
    let scan = sboms::check_claim(connection, host, (image, failure.image_digest), &claim)?;
    if !scan.open {
        // Said before: delivery is allowed to repeat itself.
        return Ok(scan.quarantined);
    }
    let message: String = failure.message.chars().take(LONGEST_MESSAGE).collect();
    let failed = Failure {
        image_id: image,
        host_id: host.id,
        cause: failure.cause,
        message: &message,
        scanner: failure.scanner.as_deref(),
    };
    count(connection, rules, &failed, now)?;
    Ok(grants::scan(connection, image)?.is_some_and(|scan| scan.quarantined))
}

/// Notes a failure, closes the lease, and holds the image back as the rules say.
pub fn count(
    connection: &Connection,
    rules: &Rules,
    failure: &Failure<'_>,
    now: Timestamp,
) -> Result<()> {
    let counted = failure.cause != FailureCause::Environment;
    note(connection, failure, counted, now)?;
    let scanners = match counted {
        true => Some(scanners(connection, failure)?),
        false => None,
    };
    let (failures, hosts) = counted_failures(connection, failure.image_id)?;
    let not_before = hold_back(&rules.leases, failure.cause, failures, now);
    connection
        .prepare_cached(
            "UPDATE scan SET open = 0, failures = ?2, not_before = ?3, quarantined = ?4,
                             scanner = coalesce(?5, scanner)
             WHERE image_id = ?1",
        )?
        .execute(params![
            failure.image_id,
            failures.cast_signed(),
            ms(not_before),
            leases::quarantines(failures, hosts),
            scanners
        ])?;
    Ok(())
}

/// The scanners that failed on an image, this one included. Where a failure doesn't name its
/// scanner, as one that was killed can't, it is the one that its host last said it scans with.
fn scanners(connection: &Connection, failure: &Failure<'_>) -> Result<String> {
    let scanner = match failure.scanner {
        Some(scanner) => Some(scanner.to_owned()),
        None => connection
            .prepare_cached("SELECT scanner FROM host WHERE id = ?1")?
            .query_row([failure.host_id], |row| row.get(0))?,
    };
    let scan = grants::scan(connection, failure.image_id)?;
    let known = scan.map(|scan| scan.scanners).unwrap_or_default();
    let scanner = scanner.as_deref().map(line);
    let mut scanners: Vec<&str> = known
        .lines()
        .filter(|known| scanner.as_deref() != Some(known))
        .chain(scanner.as_deref())
        .collect();
    let forgotten = scanners.len().saturating_sub(MOST_SCANNERS);
    scanners.drain(..forgotten);
    Ok(scanners.join("\n"))
}

/// A scanner's name as it stands in a list of them.
pub fn line(scanner: &str) -> String {
    scanner.replace(['\n', '\r'], " ")
}

/// Lets an image whose scans failed be given again, with nothing counted against it.
pub fn forgive(connection: &Connection, digest: ImageDigest) -> Result<()> {
    let image = aliases::one(connection, digest)?;
    connection.execute(
        "UPDATE scan SET failures = 0, not_before = 0, quarantined = 0 WHERE image_id = ?1",
        [image],
    )?;
    connection.execute(
        "UPDATE scan_failure SET counted = 0 WHERE image_id = ?1",
        [image],
    )?;
    Ok(())
}

fn hold_back(rules: &LeaseRules, cause: FailureCause, failures: u64, now: Timestamp) -> Timestamp {
    match cause {
        FailureCause::Image => rules.not_before(failures, now),
        FailureCause::Expired => rules.not_before_after_expiry(failures, now),
        FailureCause::Environment => rules.not_before_after_environment(now),
    }
}

fn note(
    connection: &Connection,
    failure: &Failure<'_>,
    counted: bool,
    now: Timestamp,
) -> Result<()> {
    let cause = match failure.cause {
        FailureCause::Image => "image",
        FailureCause::Environment => "environment",
        FailureCause::Expired => "expired",
    };
    connection
        .prepare_cached(
            "INSERT INTO scan_failure (image_id, host_id, at, cause, message, counted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            failure.image_id,
            failure.host_id,
            ms(now),
            cause,
            failure.message,
            counted
        ])?;
    // What no longer counts must not pile up; what counts is bounded by quarantine.
    connection
        .prepare_cached(
            "DELETE FROM scan_failure WHERE image_id = ?1 AND id NOT IN
                 (SELECT id FROM scan_failure WHERE image_id = ?1
                  ORDER BY counted DESC, id DESC LIMIT ?2)",
        )?
        .execute(params![failure.image_id, KEPT])?;
    Ok(())
}

fn counted_failures(connection: &Connection, image: i64) -> Result<(u64, u64)> {
    let counts: (i64, i64) = connection
        .prepare_cached(
            "SELECT count(*), count(DISTINCT host_id) FROM scan_failure
             WHERE image_id = ?1 AND counted = 1",
        )?
        .query_row([image], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((counts.0.unsigned_abs(), counts.1.unsigned_abs()))
}
