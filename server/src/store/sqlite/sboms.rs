//! SBOMs: what becomes of an upload. Nothing that is known is overwritten by something else of
//! the same worth, and nothing complete by something partial.

use proto_types::{FailureCause, ImageDigest, ScanOutcome, ScanStatus, Timestamp};
use rusqlite::{Connection, params};

use crate::store::{HostIdentity, LeaseClaim, Result, Rules, StoreError, sbom::Sbom};

use super::{
    artifacts, conflicts, facts,
    failures::{self, Failure},
    grants::{self, Scan},
    image_row::{self, COMPLETE, NONE, PARTIAL},
    sql::ms,
};

/// What is known of an image before an upload.
struct Known {
    sbom: i64,
    hash: Option<Vec<u8>>,
    generation: Option<i64>,
    artifacts: i64,
}

/// Takes in an upload.
pub fn upload(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    claim: &LeaseClaim,
    sbom: &Sbom,
    now: Timestamp,
) -> Result<ScanOutcome> {
    let image = image_row::id(connection, sbom.image)?;
    let scan = check_claim(connection, host, (image, sbom.image), claim)?;
    let known = known(connection, image)?;
    let hash = sbom.content_hash();
    let outcome = judge(&known, sbom, &hash, &scan);
    match outcome {
        ScanOutcome::Stored => store(connection, image, host, &scan, sbom, &hash, now)?,
        ScanOutcome::Conflict => conflicts::note(connection, image, host, sbom, &hash, now)?,
        ScanOutcome::AlreadyKnown => {}
    }
    close(connection, rules, host, image, &scan, sbom, now)?;
    Ok(outcome)
}

/// The scan that a host claims the lease of.
///
/// # Errors
/// [`StoreError::LeaseSuperseded`] where a newer lease was granted, [`StoreError::Forbidden`]
/// where the lease is not the host's.
pub fn check_claim(
    connection: &Connection,
    host: &HostIdentity,
    (image, digest): (i64, ImageDigest),
    claim: &LeaseClaim,
) -> Result<Scan> {
    let none = || {
        StoreError::Forbidden(format!(
            "host `{}` holds no such lease on image {digest}",
            host.name
        ))
    };
    let scan = grants::scan(connection, image)?.ok_or_else(none)?;
    let current = scan.generation.unsigned_abs();
    let mine = scan.host_id == host.id && claim.lease.as_ref().is_none_or(|l| *l == scan.lease);
    match claim.generation {
        Some(generation) if generation < current => Err(StoreError::LeaseSuperseded {
            image: digest,
            current,
        }),
        Some(generation) if generation > current => Err(none()),
        _ if mine => Ok(scan),
        _ => Err(none()),
    }
}

fn known(connection: &Connection, image: i64) -> Result<Known> {
    let known = connection
        .prepare_cached(
            "SELECT sbom, content_hash, sbom_generation, artifact_count FROM image WHERE id = ?1",
        )?
        .query_row([image], |row| {
            Ok(Known {
                sbom: row.get("sbom")?,
                hash: row.get("content_hash")?,
                generation: row.get("sbom_generation")?,
                artifacts: row.get("artifact_count")?,
            })
        })?;
    Ok(known)
}

fn judge(known: &Known, sbom: &Sbom, hash: &[u8; 32], scan: &Scan) -> ScanOutcome {
    let same = known.hash.as_deref() == Some(hash.as_slice());
    let newer = known
        .generation
        .is_none_or(|generation| generation < scan.generation);
    let no_less = i64::try_from(sbom.artifacts.len()).is_ok_and(|count| count >= known.artifacts);
    match (known.sbom, sbom.status) {
        (NONE, _) | (PARTIAL, ScanStatus::Complete) => ScanOutcome::Stored,
        (_, _) if same => ScanOutcome::AlreadyKnown,
        (PARTIAL, ScanStatus::Partial) if newer && no_less => ScanOutcome::Stored,
        // What is partial differs from what is complete by nature.
        (COMPLETE, ScanStatus::Partial) => ScanOutcome::AlreadyKnown,
        _ => ScanOutcome::Conflict,
    }
}

fn store(
    connection: &Connection,
    image: i64,
    host: &HostIdentity,
    scan: &Scan,
    sbom: &Sbom,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<()> {
    artifacts::replace(connection, image, &sbom.artifacts, now)?;
    facts::store(connection, image, &sbom.facts)?;
    let state = match sbom.status {
        ScanStatus::Complete => COMPLETE,
        ScanStatus::Partial => PARTIAL,
    };
    connection
        .prepare_cached(
            "UPDATE image SET sbom = ?2, distro = ?3, distro_version = ?4, artifact_count = ?5,
                              content_hash = ?6, sbom_generation = ?7, scanner = ?8,
                              scanned_by = ?9, scanned_at = ?10, partial_reason = ?11
             WHERE id = ?1",
        )?
        .execute(params![
            image,
            state,
            sbom.distro,
            sbom.distro_version,
            i64::try_from(sbom.artifacts.len()).unwrap_or(i64::MAX),
            hash,
            scan.generation,
            sbom.scanner,
            host.name,
            ms(now),
            sbom.reason
        ])?;
    Ok(())
}

/// Closes the lease. A partial SBOM counts as a failure, so that the image is tried again, but
/// not for ever.
fn close(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    image: i64,
    scan: &Scan,
    sbom: &Sbom,
    now: Timestamp,
) -> Result<()> {
    if sbom.status == ScanStatus::Complete {
        connection
            .prepare_cached(
                "UPDATE scan SET open = 0, failures = 0, not_before = 0, quarantined = 0
                 WHERE image_id = ?1",
            )?
            .execute([image])?;
        return Ok(());
    }
    if !scan.open {
        return Ok(());
    }
    let partial = Failure {
        image_id: image,
        host_id: host.id,
        cause: FailureCause::Image,
        message: sbom.reason.as_deref().unwrap_or("the SBOM is partial"),
        scanner: sbom.scanner.as_deref(),
    };
    failures::count(connection, rules, &partial, now)
}
