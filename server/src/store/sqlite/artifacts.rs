//! Artifacts: each stored once, and shared by the images that hold it.

use proto_types::{Artifact, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{Result, sbom::artifact_hash};

use super::sql::ms;

/// The columns that [`from_row`] reads, for a query over `artifact a`.
pub const COLUMNS: &str = "a.id, a.type, n.text AS name, a.version, a.purl, s.text AS source";
/// The tables that they come from.
pub const TABLES: &str = "artifact a JOIN name n ON n.id = a.name_id
                          LEFT JOIN name s ON s.id = a.source_id";

/// The artifact in a row of [`COLUMNS`].
pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    Ok(Artifact {
        artifact_type: row.get("type")?,
        name: row.get("name")?,
        version: row.get("version")?,
        purl: row.get("purl")?,
        source: row.get("source")?,
        ..Artifact::default()
    })
}

/// Makes these the artifacts of an image.
pub fn replace(
    connection: &Connection,
    image: i64,
    artifacts: &[Artifact],
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM image_artifact WHERE image_id = ?1")?
        .execute([image])?;
    let mut ids = artifacts
        .iter()
        .map(|artifact| id(connection, artifact, now))
        .collect::<Result<Vec<_>>>()?;
    // In the order of the tree, neighbours share pages.
    ids.sort_unstable();
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO image_artifact (artifact_id, image_id) VALUES (?1, ?2)",
    )?;
    for artifact in ids {
        insert.execute([artifact, image])?;
    }
    Ok(())
}

/// The artifacts of an image, by name, type and version as text.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<Artifact>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM image_artifact ia JOIN {TABLES}
         WHERE ia.image_id = ?1 AND a.id = ia.artifact_id
         ORDER BY n.text, a.type, a.version, a.id"
    ))?;
    let rows = statement.query_map([image], from_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn id(connection: &Connection, artifact: &Artifact, now: Timestamp) -> Result<i64> {
    let hash = artifact_hash(artifact);
    let found = connection
        .prepare_cached("SELECT id FROM artifact WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let name = name_id(connection, &artifact.name)?;
    let source = match &artifact.source {
        Some(source) => Some(name_id(connection, source)?),
        None => None,
    };
    connection
        .prepare_cached(
            "INSERT INTO artifact (type, name_id, version, purl, source_id, first_seen, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            artifact.artifact_type,
            name,
            artifact.version,
            artifact.purl,
            source,
            ms(now),
            hash
        ])?;
    Ok(connection.last_insert_rowid())
}

fn name_id(connection: &Connection, text: &str) -> Result<i64> {
    let found = connection
        .prepare_cached("SELECT id FROM name WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    connection
        .prepare_cached("INSERT INTO name (text) VALUES (?1) RETURNING id")?
        .query_row([text], |row| row.get(0))
        .map_err(Into::into)
}
