//! Step 4: gives artifacts the key that a package URL finds them by.

use model::purl::Purl;
use proto_types::Artifact;
use rusqlite::{Connection, params};

use crate::store::Result;

/// So many artifacts are held in memory at a time.
const BATCH: i64 = 10_000;

/// Fills the column.
pub fn fill(connection: &Connection) -> Result<()> {
    let mut last = 0;
    loop {
        let batch = batch(connection, last)?;
        let Some((id, _)) = batch.last() else {
            return Ok(());
        };
        last = *id;
        let mut update =
            connection.prepare_cached("UPDATE artifact SET purl_key = ?2 WHERE id = ?1")?;
        for (id, artifact) in batch {
            update.execute(params![id, Purl::of(&artifact).key()])?;
        }
    }
}

fn batch(connection: &Connection, after: i64) -> Result<Vec<(i64, Artifact)>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.type, n.text AS name, a.version, a.purl
         FROM artifact a JOIN name n ON n.id = a.name_id WHERE a.id > ?1 ORDER BY a.id LIMIT ?2",
    )?;
    let rows = statement.query_map([after, BATCH], |row| {
        let artifact = Artifact {
            artifact_type: row.get("type")?,
            name: row.get("name")?,
            version: row.get("version")?,
            purl: row.get("purl")?,
            ..Artifact::default()
        };
        Ok((row.get("id")?, artifact))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
