//! The row of the table `scan`: how the scan of an image stands. Every write of that table stands
//! here; what is written is for `model::lease` to say.

use model::lease::{Change, Scan, Scanners};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::Result;

use super::{
    failures,
    sql::{count, ms, time, to_time},
};

/// The statement that forgets the scans of images that a query names.
pub fn forget(images: &str) -> String {
    format!("DELETE FROM scan WHERE image_id IN ({images}) AND ?2")
}

const SELECT: &str =
    "SELECT image_id, generation, lease, host_id, expires_at, open, opinion, not_before,
                             quarantined, scan.scanner AS scanners, host.scanner AS host_scanner
                      FROM scan JOIN host ON host.id = scan.host_id";

/// How the scan of an image stands; `None` before it is leased first.
pub fn read(connection: &Connection, image: i64) -> Result<Option<Scan>> {
    let scan = connection
        .prepare_cached(&format!("{SELECT} WHERE image_id = ?1"))?
        .query_row([image], from_row)
        .optional()?;
    let scan = scan.map(|(image, scan)| with_failures(connection, image, scan));
    scan.transpose()
}

/// The scans that a host holds open leases of, by their images.
pub fn open_of(connection: &Connection, host: i64) -> Result<Vec<(i64, Scan)>> {
    let rows = connection
        .prepare_cached(&format!("{SELECT} WHERE host_id = ?1 AND open = 1"))?
        .query_map([host], from_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter()
        .map(|(image, scan)| Ok((image, with_failures(connection, image, scan)?)))
        .collect()
}

/// Writes what became of the scan of an image.
pub fn write(connection: &Connection, image: i64, change: &Change) -> Result<()> {
    if change.forgiven {
        failures::forgive(connection, image)?;
    }
    if let Some(failed) = &change.failed {
        failures::note(connection, image, failed)?;
    }
    let scan = &change.scan;
    let scanners: Vec<&str> = scan.scanners.names().collect();
    connection
        .prepare_cached(
            "INSERT INTO scan (image_id, generation, lease, host_id, expires_at, open, failures,
                               not_before, quarantined, scanner, opinion)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (image_id) DO UPDATE
             SET generation = ?2, lease = ?3, host_id = ?4, expires_at = ?5, open = ?6,
                 failures = ?7, not_before = ?8, quarantined = ?9, scanner = ?10, opinion = ?11",
        )?
        .execute(params![
            image,
            scan.generation.cast_signed(),
            scan.lease,
            scan.host,
            ms(scan.expires),
            scan.open,
            scan.counted().cast_signed(),
            scan.not_before.map_or(0, ms),
            scan.quarantined,
            // No name has a line break.
            (!scanners.is_empty()).then(|| scanners.join("\n")),
            scan.opinion
        ])?;
    Ok(())
}

/// A row, without the failures that count: they stand in a table of their own.
fn from_row(row: &Row<'_>) -> rusqlite::Result<(i64, Scan)> {
    let not_before: i64 = row.get("not_before")?;
    let scanners: Option<String> = row.get("scanners")?;
    let scan = Scan {
        generation: count(row, "generation")?,
        lease: row.get("lease")?,
        host: row.get("host_id")?,
        host_scanner: row.get("host_scanner")?,
        expires: time(row, "expires_at")?,
        open: row.get("open")?,
        opinion: row.get("opinion")?,
        failures: std::collections::BTreeMap::new(),
        not_before: (not_before != 0).then(|| to_time(not_before)).transpose()?,
        quarantined: row.get("quarantined")?,
        scanners: Scanners::new(
            scanners
                .iter()
                .flat_map(|text| text.lines())
                .map(str::to_owned),
        ),
    };
    Ok((row.get("image_id")?, scan))
}

fn with_failures(connection: &Connection, image: i64, scan: Scan) -> Result<Scan> {
    Ok(Scan {
        failures: failures::counted(connection, image)?,
        ..scan
    })
}
