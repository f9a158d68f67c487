//! SBOMs: what becomes of an upload. Nothing that is known is overwritten by something else of
//! the same worth, and nothing complete by something partial.

use model::lease::{Known, LeaseClaim, Scan, Upload, judge};
use proto_types::{ScanOutcome, ScanStatus, Timestamp};
use rusqlite::{Connection, params};

use crate::store::{HostIdentity, Result, Rules, sbom::Sbom};

use super::{artifacts, conflicts, facts, image_row, leases, scan, sql::ms};

/// Takes in the SBOM of an image that the host leases.
pub fn scan_report(
    connection: &Connection,
    rules: &Rules,
    host: &HostIdentity,
    claim: &LeaseClaim,
    sbom: &Sbom,
    now: Timestamp,
) -> Result<ScanOutcome> {
    let (image, scan) = leases::claimed(connection, host, sbom.image, claim)?;
    let upload = Upload {
        status: sbom.status,
        hash: sbom.content_hash(),
        generation: scan.generation,
        artifacts: sbom.artifacts.len(),
    };
    let outcome = judge(&known(connection, image)?, &upload);
    match outcome {
        ScanOutcome::Stored => store(connection, (image, &upload), host, sbom, now)?,
        ScanOutcome::Conflict => {
            conflicts::note(connection, image, host, sbom, &upload.hash, now)?;
        }
        ScanOutcome::AlreadyKnown => {}
    }
    close(connection, rules, (image, &scan), sbom, now)?;
    Ok(outcome)
}

fn known(connection: &Connection, image: i64) -> Result<Known> {
    let known = connection
        .prepare_cached(
            "SELECT sbom, content_hash, sbom_generation, artifact_count FROM image WHERE id = ?1",
        )?
        .query_row([image], |row| {
            let artifacts: i64 = row.get("artifact_count")?;
            let generation: Option<i64> = row.get("sbom_generation")?;
            Ok(Known {
                sbom: image_row::status(row.get("sbom")?),
                hash: row.get("content_hash")?,
                generation: generation.map(i64::unsigned_abs),
                artifacts: usize::try_from(artifacts).unwrap_or_default(),
            })
        })?;
    Ok(known)
}

fn store(
    connection: &Connection,
    (image, upload): (i64, &Upload),
    host: &HostIdentity,
    sbom: &Sbom,
    now: Timestamp,
) -> Result<()> {
    artifacts::replace(connection, image, &sbom.artifacts, now)?;
    facts::store(connection, image, &sbom.facts)?;
    connection
        .prepare_cached(
            "UPDATE image SET sbom = ?2, distro = ?3, distro_version = ?4, artifact_count = ?5,
                              content_hash = ?6, sbom_generation = ?7, scanner = ?8,
                              scanned_by = ?9, scanned_at = ?10, partial_reason = ?11
             WHERE id = ?1",
        )?
        .execute(params![
            image,
            image_row::column(upload.status),
            sbom.distro,
            sbom.distro_version,
            i64::try_from(upload.artifacts).unwrap_or(i64::MAX),
            upload.hash,
            upload.generation.cast_signed(),
            sbom.scanner,
            host.name,
            ms(now),
            sbom.reason
        ])?;
    Ok(())
}

/// Closes the lease.
fn close(
    connection: &Connection,
    rules: &Rules,
    (image, scan): (i64, &Scan),
    sbom: &Sbom,
    now: Timestamp,
) -> Result<()> {
    let (reason, scanner) = (sbom.reason.as_deref(), sbom.scanner.as_deref());
    let change = match sbom.status {
        ScanStatus::Complete => Some(scan.complete()),
        ScanStatus::Partial => scan.partial(&rules.leases, reason, scanner, now),
    };
    change.map_or(Ok(()), |change| scan::write(connection, image, &change))
}
