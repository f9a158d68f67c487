//! Conflicts: scans that differ from the SBOM that is stored. They are shown, never taken over.

use model::{examples::Examples, sbom::Difference};
use proto_types::Conflict;
use rusqlite::{Connection, Row, params};

use crate::store::{HostIdentity, Result, sbom::Sbom};

use super::context::Context;
use super::sql::{count, ms, time};

/// How an upload differs from what is stored.
pub struct Differs<'d> {
    /// What tells it from others that differ.
    pub hash: &'d [u8; 32],
    /// By what.
    pub difference: &'d Difference,
}

/// An image keeps no more of one host, the first ones.
const KEPT_OF_HOST: i64 = 4;
/// And no more in all.
const KEPT: i64 = 16;

/// Notes how an upload differs, once for each content, within bounds: a host may upload as many variants
/// as it likes, and must not drown what others found. Says whether it is a new one.
pub fn note(
    cx: &Context<'_>,
    image: i64,
    host: &HostIdentity,
    sbom: &Sbom,
    differs: &Differs<'_>,
) -> Result<bool> {
    let Difference {
        only_there,
        only_here,
        ..
    } = *differs.difference;
    tracing::warn!(image = %sbom.image, host = host.name, only_there, only_here, "scans differ");
    let new = cx
        .prepare_cached(
            "INSERT OR IGNORE INTO conflict
                 (image_id, content_hash, host_id, at, scanner, only_there, only_here)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
             WHERE (SELECT count(*) FROM conflict WHERE image_id = ?1) < ?8
             AND (SELECT count(*) FROM conflict WHERE image_id = ?1 AND host_id = ?3) < ?9",
        )?
        .execute(params![
            image,
            differs.hash,
            host.id,
            ms(cx.now),
            sbom.scanner,
            i64::try_from(only_there).unwrap_or(i64::MAX),
            i64::try_from(only_here).unwrap_or(i64::MAX),
            KEPT,
            KEPT_OF_HOST
        ])?;
    Ok(new > 0)
}

/// Names some of what a conflict is about.
pub fn name(
    connection: &Connection,
    image: i64,
    hash: &[u8; 32],
    examples: &Examples,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE conflict SET examples_there = ?3, examples_here = ?4
             WHERE image_id = ?1 AND content_hash = ?2",
        )?
        .execute(params![
            image,
            hash,
            // None has a line break.
            examples.only_there.join("\n"),
            examples.only_here.join("\n")
        ])?;
    Ok(())
}

/// Drops the conflicts of an image, whose SBOM is withdrawn or replaced.
pub fn forget(connection: &Connection, image: i64) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM conflict WHERE image_id = ?1")?
        .execute([image])?;
    Ok(())
}

/// The conflicts of an image, newest first.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<Conflict>> {
    let mut statement = connection.prepare_cached(
        "SELECT host.name AS host, at, conflict.scanner, only_there, only_here,
                examples_there, examples_here
         FROM conflict JOIN host ON host.id = conflict.host_id
         WHERE image_id = ?1 ORDER BY at DESC, content_hash",
    )?;
    let rows = statement.query_map([image], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Conflict> {
    Ok(Conflict {
        host: row.get("host")?,
        at: time(row, "at")?,
        scanner: row.get("scanner")?,
        only_there: count(row, "only_there")?,
        only_here: count(row, "only_here")?,
        examples_there: lines(row.get_ref("examples_there")?.as_str()?),
        examples_here: lines(row.get_ref("examples_here")?.as_str()?),
    })
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
