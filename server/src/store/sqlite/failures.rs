//! Scans that failed, kept to be shown and counted.

use std::collections::BTreeMap;

use model::lease::Failed;
use proto_types::{FailureCause, ScanAttempt};
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::sql::{ms, time};

/// So many failures of an image are kept to be shown.
const KEPT: i64 = 20;

/// Keeps a failure of an image.
pub fn note(connection: &Connection, image: i64, failed: &Failed) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO scan_failure (image_id, host_id, at, cause, message, counted)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            image,
            failed.host,
            ms(failed.at),
            failed.cause.as_str(),
            failed.message,
            failed.counted
        ])?;
    // What no longer counts must not pile up; what counts is bounded by quarantine.
    connection
        .prepare_cached(
            "DELETE FROM scan_failure WHERE image_id = ?1 AND id NOT IN
                 (SELECT id FROM scan_failure WHERE image_id = ?1
                  ORDER BY counted DESC, id DESC LIMIT ?2)",
        )?
        .execute(params![image, KEPT])?;
    Ok(())
}

/// Lets no failure of an image count any more.
pub fn forgive(connection: &Connection, image: i64) -> Result<()> {
    connection
        .prepare_cached("UPDATE scan_failure SET counted = 0 WHERE image_id = ?1 AND counted = 1")?
        .execute([image])?;
    Ok(())
}

/// How many failures of an image count, by the hosts that had them.
pub fn counted(connection: &Connection, image: i64) -> Result<BTreeMap<i64, u64>> {
    let mut statement = connection.prepare_cached(
        "SELECT host_id, count(*) FROM scan_failure WHERE image_id = ?1 AND counted = 1
         GROUP BY host_id",
    )?;
    let rows = statement.query_map([image], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The failures of an image, newest first.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<ScanAttempt>> {
    let mut statement = connection.prepare_cached(
        "SELECT host.name AS host, f.at, f.cause, f.message, f.counted
         FROM scan_failure f JOIN host ON host.id = f.host_id
         WHERE f.image_id = ?1 ORDER BY f.id DESC",
    )?;
    let rows = statement.query_map([image], attempt)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<ScanAttempt> {
    let cause: String = row.get("cause")?;
    Ok(ScanAttempt {
        host: row.get("host")?,
        at: time(row, "at")?,
        cause: FailureCause::from_word(&cause).unwrap_or(FailureCause::Environment),
        message: row.get("message")?,
        counted: row.get("counted")?,
    })
}
