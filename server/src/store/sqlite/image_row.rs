//! The row of the table `image`, as far as other nouns need it: its number, the count of its live
//! runs, and how far its SBOM has come.

use index::Change;
use model::lease::DRAWS;
use proto_types::{ImageDigest, ScanStatus, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{Result, StoreError};

use super::{context::Context, numbers::number, sql::ms};

/// `image.sbom`: it has no SBOM.
pub const NONE: i64 = 0;
/// `image.sbom`: it has an SBOM that may lack something.
pub const PARTIAL: i64 = 1;
/// `image.sbom`: it has an SBOM that lacks nothing.
pub const COMPLETE: i64 = 2;

/// The column of a status.
pub const fn column(status: ScanStatus) -> i64 {
    match status {
        ScanStatus::Partial => PARTIAL,
        ScanStatus::Complete => COMPLETE,
    }
}

/// The status in a column; `None` where the image has no SBOM.
pub const fn status(column: i64) -> Option<ScanStatus> {
    match column {
        NONE => None,
        PARTIAL => Some(ScanStatus::Partial),
        _ => Some(ScanStatus::Complete),
    }
}

/// Images, `i`, that nothing has run since a moment, `?1`: once the runs that ended before that are
/// dropped, none leads to them any more.
pub const FORGOTTEN: &str = "i.live_runs = 0 AND i.last_seen < ?1";
/// Running images, `i`, that lack something: an SBOM, or a part of it.
pub const RUNNING_INCOMPLETE: &str = "i.live_runs > 0 AND i.sbom < 2";

/// What is set where no other host has said anything of an image's SBOM.
pub const NO_OPINION: &str = "opinion = 0, opinion_host = NULL, opinion_by = NULL, \
                              opinion_at = NULL, opinion_scanner = NULL";

/// Adds an image that a host reported first under this name; its number.
pub fn add(cx: &Context<'_>, digest: ImageDigest, name: &str) -> Result<i64> {
    cx.prepare_cached(
        "INSERT INTO image (digest, first_seen, name, last_name, first_seq, draw)
         VALUES (?1, ?2, ?3, ?3, ?4, abs(random() % ?5))",
    )?
    .execute(params![digest.as_bytes(), ms(cx.now), name, cx.seq, DRAWS])?;
    let id = cx.last_insert_rowid();
    cx.tell(Change::Image {
        image: number(id)?,
        digest,
        name: name.to_owned(),
        first_seen: cx.now,
    });
    Ok(id)
}

/// Counts a run of an image that began.
pub fn run_began(cx: &Context<'_>, image: i64, name: &str) -> Result<()> {
    cx.prepare_cached(
        "UPDATE image SET live_runs = live_runs + 1, last_name = ?2,
                              first_seen = min(first_seen, ?3)
             WHERE id = ?1",
    )?
    .execute(params![image, name, ms(cx.now)])?;
    Ok(())
}

/// Counts a run of an image that ended.
pub fn run_ended(connection: &Connection, image: i64, until: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE image SET live_runs = live_runs - 1,
                              last_seen = max(ifnull(last_seen, ?2), ?2)
             WHERE id = ?1",
        )?
        .execute(params![image, ms(until)])?;
    Ok(())
}

/// Lets an image have no SBOM, nor anything that one told.
pub fn unscanned(connection: &Connection, image: i64) -> Result<()> {
    connection
        .prepare_cached(&format!(
            "UPDATE image SET sbom = 0, artifact_count = 0, content_hash = NULL, sbom_seq = NULL,
                              complete_seq = NULL, sbom_generation = NULL, sbom_detail = 0,
                              scanner = NULL, scanned_by = NULL, scanned_by_host = NULL,
                              scanned_at = NULL, partial_reason = NULL, distro = '',
                              distro_version = '', distro_codename = NULL, distro_cpe = NULL,
                              architecture = NULL, size_bytes = NULL, created_at = NULL,
                              again = 0, {NO_OPINION}
             WHERE id = ?1"
        ))?
        .execute([image])?;
    Ok(())
}

/// The images whose SBOMs were withdrawn and that have had none since.
pub fn withdrawn(connection: &Connection) -> Result<Vec<i64>> {
    let mut statement = connection.prepare(
        "SELECT id FROM image i WHERE sbom = 0
         AND EXISTS (SELECT 1 FROM withdrawn w WHERE w.image_id = i.id)",
    )?;
    let images = statement.query_map([], |row| row.get(0))?;
    Ok(images.collect::<rusqlite::Result<_>>()?)
}

/// The number of an image.
///
/// # Errors
/// [`StoreError::NotFound`] where no host ever reported it.
pub fn id(connection: &Connection, wanted: ImageDigest) -> Result<i64> {
    connection
        .prepare_cached("SELECT id FROM image WHERE digest = ?1")?
        .query_row([wanted.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or_else(|| unknown(wanted))
}

/// What is said of an image that no host ever reported.
pub fn unknown(wanted: ImageDigest) -> StoreError {
    StoreError::NotFound {
        kind: "image",
        name: wanted.to_string(),
        hint: "`assetctl images` lists the images",
    }
}
