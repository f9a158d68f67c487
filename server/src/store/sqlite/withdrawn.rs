//! Withdrawn SBOMs: an image's row goes back to what it was before its first scan, and what was
//! withdrawn is kept to be shown, and to lease the image to another host.

use index::Change;
use model::lease;
use proto_types::{ImageDigest, ScanStatus, Withdrawal};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::Result;

use super::{
    aliases, conflicts,
    context::Context,
    hosts, image_row,
    numbers::number,
    opinions, scan,
    sql::{count, ms, time},
};

/// So many of an image are kept.
const KEPT: i64 = 20;
/// So many are withdrawn by one change: the writer's time is everybody's.
const STEP: i64 = 200;

/// Withdraws the SBOM of an image; says how many that were.
pub fn image(cx: &Context<'_>, digest: ImageDigest, by: &str) -> Result<u64> {
    let image = aliases::one(cx, digest)?;
    Ok(u64::from(withdraw(cx, image, by)?))
}

/// Withdraws some of what a host submitted, of the images behind one, and what it said of the SBOMs of
/// others; says how many SBOMs that were, and the last image's number where there may be more.
pub fn of_host(cx: &Context<'_>, host: i64, after: i64, by: &str) -> Result<(u64, Option<i64>)> {
    let images: Vec<(i64, Option<bool>)> = cx
        .prepare_cached(
            "SELECT id, scanned_by_host = ?1 AND sbom > 0 AS is_its FROM image
             WHERE id > ?2 AND (is_its OR opinion_host = ?1 OR EXISTS
                 (SELECT 1 FROM conflict WHERE image_id = image.id AND host_id = ?1))
             ORDER BY id LIMIT ?3",
        )?
        .query_map([host, after, STEP], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut withdrawn = 0;
    for (image, is_its) in &images {
        match is_its {
            Some(true) => withdrawn += u64::from(withdraw(cx, *image, by)?),
            _ => opinions::withdraw(cx, *image, host)?,
        }
    }
    Ok((withdrawn, images.last().map(|(image, _)| *image)))
}

/// The number of the host that a name means: the one that has it, or the last one that had.
pub fn submitter(connection: &Connection, name: &str) -> Result<i64> {
    let last: Option<i64> = connection
        .prepare_cached(
            "SELECT id FROM host WHERE name = ?1 ORDER BY removed_at IS NULL DESC, id DESC LIMIT 1",
        )?
        .query_row([name], |row| row.get(0))
        .optional()?;
    last.ok_or_else(|| hosts::unknown(name))
}

fn withdraw(cx: &Context<'_>, image: i64, by: &str) -> Result<bool> {
    if !note(cx, image, by)? {
        return Ok(false);
    }
    let submitter = cx
        .prepare_cached("SELECT scanned_by_host FROM image WHERE id = ?1")?
        .query_row([image], |row| row.get(0))?;
    if let Some(scan) = scan::read(cx, image)? {
        scan::write(cx, image, &scan.withdraw(submitter))?;
    }
    image_row::unscanned(cx, image)?;
    conflicts::forget(cx, image)?;
    for table in ["holds", "alias"] {
        cx.prepare_cached(&format!("DELETE FROM {table} WHERE image_id = ?1"))?
            .execute([image])?;
    }
    cx.tell(Change::Withdrawn {
        image: number(image)?,
    });
    Ok(true)
}

/// Keeps what an image's row says of its SBOM; false where it has none.
fn note(cx: &Context<'_>, image: i64, by: &str) -> Result<bool> {
    let noted = cx
        .prepare_cached(
            "INSERT INTO withdrawn (image_id, host_id, host, scanned_at, scanner, sbom, artifacts,
                                    at, by)
             SELECT id, scanned_by_host, scanned_by, ifnull(scanned_at, first_seen), scanner, sbom,
                    artifact_count, ?2, ?3
             FROM image WHERE id = ?1 AND sbom > 0",
        )?
        .execute(params![image, ms(cx.now), by])?;
    cx.prepare_cached(
        "DELETE FROM withdrawn WHERE image_id = ?1 AND id NOT IN
             (SELECT id FROM withdrawn WHERE image_id = ?1 ORDER BY id DESC LIMIT ?2)",
    )?
    .execute([image, KEPT])?;
    Ok(noted > 0)
}

/// Lets every host scan an image whose SBOM was withdrawn.
pub fn pardon(connection: &Connection, image: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE withdrawn SET pardoned = 1 WHERE image_id = ?1 AND pardoned = 0")?
        .execute([image])?;
    Ok(())
}

/// Whether an image is to be scanned by another host than this one.
pub fn is_for_others(cx: &Context<'_>, image: i64, host: i64) -> Result<bool> {
    let was_withdrawn = cx
        .prepare_cached(
            "SELECT 1 FROM withdrawn WHERE image_id = ?1 AND host_id = ?2 AND pardoned = 0",
        )?
        .exists([image, host])?;
    let others_run_it = was_withdrawn && cx.latest.read().others_run(number(image)?, number(host)?);
    Ok(lease::is_for_others(was_withdrawn, others_run_it))
}

/// What was withdrawn of an image, newest first.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<Withdrawal>> {
    let mut statement = connection.prepare_cached(
        "SELECT host, scanned_at, scanner, sbom, artifacts, at, by
         FROM withdrawn WHERE image_id = ?1 ORDER BY id DESC",
    )?;
    let rows = statement.query_map([image], withdrawal)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn withdrawal(row: &Row<'_>) -> rusqlite::Result<Withdrawal> {
    Ok(Withdrawal {
        host: row.get("host")?,
        scanned_at: time(row, "scanned_at")?,
        scanner: row.get("scanner")?,
        status: image_row::status(row.get("sbom")?).unwrap_or(ScanStatus::Partial),
        artifacts: count(row, "artifacts")?,
        at: time(row, "at")?,
        by: row.get("by")?,
    })
}
