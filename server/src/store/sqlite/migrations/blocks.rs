//! Step 9: packs artifacts, which had a row, an index of hashes and one of names each.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use proto_types::Artifact;
use rusqlite::{Connection, Row, types::Type};
use sha2::{Digest, Sha256};

use crate::store::{Result, sqlite::blocks};

/// How often it is said how far this has come.
const SAID: Duration = Duration::from_secs(5);

const ARTIFACTS: &str = "SELECT a.id, a.type, n.text AS name, a.version, a.purl, s.text AS source,
           a.source_version, a.module, a.owned_by_os, l.text AS licenses, a.first_seq, a.first_seen
    FROM artifact a JOIN name n ON n.id = a.name_id LEFT JOIN name s ON s.id = a.source_id
    LEFT JOIN license l ON l.id = a.license_id ORDER BY a.id";

/// Fills the table, and drops those that the artifacts were in.
pub fn fill(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare(ARTIFACTS)?;
    let mut rows = statement.query([])?;
    let (mut open, mut known) = (Open::default(), HashSet::new());
    let (mut done, mut said) = (0, Instant::now());
    while let Some(row) = rows.next()? {
        let artifact = read(row)?;
        let again = !known.insert(package(&artifact));
        let since = (row.get("first_seq")?, row.get("first_seen")?);
        open.put(connection, (row.get("id")?, artifact, again), since)?;
        done += 1;
        if said.elapsed() > SAID {
            tracing::info!(artifacts = done, "artifacts are being packed");
            said = Instant::now();
        }
    }
    open.write(connection)?;
    drop(rows);
    drop(statement);
    connection.execute_batch("DROP TABLE artifact; DROP TABLE name; DROP TABLE license;")?;
    Ok(())
}

/// What one commit added, as far as it was read.
#[derive(Default)]
struct Open {
    since: (i64, i64),
    artifacts: Vec<(u32, Artifact, bool)>,
}

impl Open {
    /// Adds an artifact that was first seen with a commit. What is known in more detail since counts
    /// as seen when that was: it stays with those beside it.
    fn put(
        &mut self,
        connection: &Connection,
        artifact: (u32, Artifact, bool),
        since: (i64, i64),
    ) -> Result<()> {
        let is_other = since != self.since && !artifact.2;
        if is_other || self.artifacts.len() == blocks::MOST {
            self.write(connection)?;
        }
        if self.artifacts.is_empty() || is_other {
            self.since = since;
        }
        self.artifacts.push(artifact);
        Ok(())
    }

    fn write(&mut self, connection: &Connection) -> Result<()> {
        let artifacts = std::mem::take(&mut self.artifacts);
        let rows = artifacts
            .iter()
            .map(|(number, artifact, again)| (*number, artifact, *again));
        blocks::add(connection, &rows.collect::<Vec<_>>(), self.since)
    }
}

/// What tells apart what is no detail: there are millions, of which each takes some 20 bytes here.
fn package(artifact: &Artifact) -> [u8; 16] {
    let mut hash = Sha256::new();
    let purl = artifact.purl.as_deref();
    for text in [&artifact.artifact_type, &artifact.name, &artifact.version] {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.update([u8::from(purl.is_some())]);
    hash.update(purl.unwrap_or_default());
    let whole: [u8; 32] = hash.finalize().into();
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}

fn read(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    let licenses: Option<String> = row.get("licenses")?;
    let licenses = licenses.map_or(Ok(Vec::new()), |text| serde_json::from_str(&text));
    Ok(Artifact {
        artifact_type: row.get("type")?,
        name: row.get("name")?,
        version: row.get("version")?,
        purl: row.get("purl")?,
        source: row.get("source")?,
        source_version: row.get("source_version")?,
        module: row.get("module")?,
        owned_by_os: row.get("owned_by_os")?,
        licenses: licenses.map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
        })?,
    })
}
