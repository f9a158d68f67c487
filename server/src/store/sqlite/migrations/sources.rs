//! Step 3: gives artifacts the version of their source package from the package URLs that the
//! database holds.

use proto_types::Artifact;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{Result, sbom::artifact_hash};

/// So many artifacts are held in memory at a time.
const BATCH: i64 = 10_000;

/// Fills the column, and the name of the source where only the package URL says it.
pub fn fill(connection: &Connection) -> Result<()> {
    let mut last = 0;
    loop {
        let batch = batch(connection, last)?;
        let Some((id, _)) = batch.last() else {
            return Ok(());
        };
        last = *id;
        for (id, before) in batch {
            let mut artifact = before.clone();
            model::source::fill(&mut artifact);
            if artifact != before {
                update(connection, id, &artifact)?;
            }
        }
    }
}

fn batch(connection: &Connection, after: i64) -> Result<Vec<(i64, Artifact)>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.type, n.text AS name, a.version, a.purl, s.text AS source
         FROM artifact a JOIN name n ON n.id = a.name_id LEFT JOIN name s ON s.id = a.source_id
         WHERE a.id > ?1 AND a.purl IS NOT NULL ORDER BY a.id LIMIT ?2",
    )?;
    let rows = statement.query_map([after, BATCH], |row| Ok((row.get("id")?, read(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    Ok(Artifact {
        artifact_type: row.get("type")?,
        name: row.get("name")?,
        version: row.get("version")?,
        purl: row.get("purl")?,
        source: row.get("source")?,
        ..Artifact::default()
    })
}

fn update(connection: &Connection, id: i64, artifact: &Artifact) -> Result<()> {
    let hash = artifact_hash(artifact);
    let same = connection
        .prepare_cached("SELECT id FROM artifact WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?;
    if let Some(same) = same {
        return merge(connection, id, same);
    }
    let source = match &artifact.source {
        Some(source) => Some(name_id(connection, source)?),
        None => None,
    };
    connection
        .prepare_cached(
            "UPDATE artifact SET source_id = ?2, source_version = ?3, hash = ?4 WHERE id = ?1",
        )?
        .execute(params![id, source, artifact.source_version, hash])?;
    Ok(())
}

/// Makes one artifact of two that differed in that only one said its source.
fn merge(connection: &Connection, id: i64, into: i64) -> Result<()> {
    for sql in [
        "UPDATE artifact SET first_seen =
             min(first_seen, (SELECT first_seen FROM artifact WHERE id = ?1)) WHERE id = ?2",
        "UPDATE image SET artifact_count = artifact_count - 1 WHERE id IN
             (SELECT image_id FROM image_artifact WHERE artifact_id = ?1 INTERSECT
              SELECT image_id FROM image_artifact WHERE artifact_id = ?2)",
        "INSERT OR IGNORE INTO image_artifact (artifact_id, image_id)
             SELECT ?2, image_id FROM image_artifact WHERE artifact_id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id, into])?;
    }
    for sql in [
        "DELETE FROM image_artifact WHERE artifact_id = ?1",
        "DELETE FROM artifact WHERE id = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

/// The number of a name, which is added where it is new.
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
