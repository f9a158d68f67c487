//! Conflicts: scans that differ from the SBOM that is stored. They are shown, never taken over.

use std::collections::BTreeSet;

use proto_types::{Artifact, Conflict, Timestamp};
use rusqlite::{Connection, Row, params};

use crate::store::{HostIdentity, Result, sbom::Sbom};

use super::{
    artifacts,
    sql::{count, ms, time},
};

/// Notes how an upload differs, once for each content.
pub fn note(
    connection: &Connection,
    image: i64,
    host: &HostIdentity,
    sbom: &Sbom,
    hash: &[u8; 32],
    now: Timestamp,
) -> Result<()> {
    let here: BTreeSet<Artifact> = artifacts::of_image(connection, image)?
        .into_iter()
        .collect();
    let there: BTreeSet<&Artifact> = sbom.artifacts.iter().collect();
    let only_there = there
        .iter()
        .filter(|artifact| !here.contains(artifact))
        .count();
    let only_here = here
        .iter()
        .filter(|artifact| !there.contains(artifact))
        .count();
    tracing::warn!(image = %sbom.image, host = host.name, only_there, only_here, "scans differ");
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO conflict
                 (image_id, content_hash, host_id, at, scanner, only_there, only_here)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            image,
            hash,
            host.id,
            ms(now),
            sbom.scanner,
            i64::try_from(only_there).unwrap_or(i64::MAX),
            i64::try_from(only_here).unwrap_or(i64::MAX)
        ])?;
    Ok(())
}

/// The conflicts of an image, newest first.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<Conflict>> {
    let mut statement = connection.prepare_cached(
        "SELECT host.name AS host, at, conflict.scanner, only_there, only_here
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
    })
}
