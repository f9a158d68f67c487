//! Artifacts: each stored once, and shared by the images that hold it.

use index::Change;
use proto_types::Artifact;
use rusqlite::{Connection, OptionalExtension, Row, params, types::Type};

use crate::store::{Result, StoreError, sbom::artifact_hash};

use super::{context::Context, fleet::number, holds, sql::ms};

/// The columns that [`from_row`] reads, for a query over `artifact a` that selects them first.
pub const COLUMNS: &str = "a.id, a.type, n.text AS name, a.version, a.purl, s.text AS source,
                           a.source_version, a.module, a.owned_by_os";
/// The tables that they come from.
pub const TABLES: &str = "artifact a JOIN name n ON n.id = a.name_id
                          LEFT JOIN name s ON s.id = a.source_id";

/// The artifact in a row of [`COLUMNS`], without its licenses: no question looks at them.
///
/// The columns are read by their places: a wide question reads a great many rows, and to look
/// each column up by its name takes longer than to read it.
pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Artifact> {
    Ok(Artifact {
        artifact_type: row.get(1)?,
        name: row.get(2)?,
        version: row.get(3)?,
        purl: row.get(4)?,
        source: row.get(5)?,
        source_version: row.get(6)?,
        module: row.get(7)?,
        owned_by_os: row.get(8)?,
        licenses: Vec::new(),
    })
}

/// Makes these the artifacts of an image; their numbers, rising.
pub fn replace(cx: &Context<'_>, image: i64, artifacts: &[Artifact]) -> Result<Vec<u32>> {
    let mut numbers = artifacts
        .iter()
        .map(|artifact| number(id(cx, artifact)?))
        .collect::<Result<Vec<_>>>()?;
    numbers.sort_unstable();
    numbers.dedup();
    holds::write(cx, image, &numbers)?;
    Ok(numbers)
}

/// The artifacts of an image, by name, type and version as text.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<Artifact>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, l.text AS licenses
         FROM {TABLES} LEFT JOIN license l ON l.id = a.license_id WHERE a.id = ?1"
    ))?;
    let mut artifacts = holds::of_image(connection, image)?
        .into_iter()
        .map(|number| {
            statement.query_row([number], |row| {
                Ok(Artifact {
                    licenses: licenses(row)?,
                    ..from_row(row)?
                })
            })
        })
        .collect::<rusqlite::Result<Vec<_>>>()?;
    // The numbers decide where these are the same.
    artifacts.sort_by(|a, b| order(a).cmp(&order(b)));
    Ok(artifacts)
}

fn order(artifact: &Artifact) -> (&str, &str, &str) {
    (&artifact.name, &artifact.artifact_type, &artifact.version)
}

/// The licenses in a row, which are kept as a list in JSON.
fn licenses(row: &Row<'_>) -> rusqlite::Result<Vec<String>> {
    let Some(text): Option<String> = row.get("licenses")? else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

fn id(cx: &Context<'_>, artifact: &Artifact) -> Result<i64> {
    let hash = artifact_hash(artifact);
    let found = cx
        .prepare_cached("SELECT id FROM artifact WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    add(cx, artifact, hash)
}

fn add(cx: &Context<'_>, artifact: &Artifact, hash: [u8; 16]) -> Result<i64> {
    let name = name_id(cx, &artifact.name)?;
    let (first_seen, first_seq) = match known_since(cx, artifact, name)? {
        Some(known) => known,
        None => (ms(cx.now), cx.seq),
    };
    let source = match &artifact.source {
        Some(source) => Some(name_id(cx, source)?),
        None => None,
    };
    cx.prepare_cached(
        "INSERT INTO artifact (type, name_id, version, purl, source_id, source_version,
                                   module, owned_by_os, license_id, first_seen, first_seq,
                                   hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        artifact.artifact_type,
        name,
        artifact.version,
        artifact.purl,
        source,
        artifact.source_version,
        artifact.module,
        artifact.owned_by_os,
        license_id(cx, &artifact.licenses)?,
        first_seen,
        first_seq,
        hash
    ])?;
    let id = cx.last_insert_rowid();
    cx.tell(Change::Artifact {
        number: number(id)?,
        artifact: artifact.clone(),
    });
    Ok(id)
}

/// When the same artifact was first seen with other details, should it have been, and the commit.
fn known_since(
    connection: &Connection,
    artifact: &Artifact,
    name: i64,
) -> Result<Option<(i64, i64)>> {
    let first = connection
        .prepare_cached(
            // By the index of names: a version may be that of everything.
            "SELECT first_seen, first_seq FROM artifact
             WHERE name_id = ?1 AND type = ?2 AND +version = ?3 AND +purl IS ?4
             ORDER BY first_seq LIMIT 1",
        )?
        .query_row(
            params![
                name,
                artifact.artifact_type,
                artifact.version,
                artifact.purl
            ],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    Ok(first)
}

fn license_id(connection: &Connection, licenses: &[String]) -> Result<Option<i64>> {
    if licenses.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_string(licenses).map_err(|error| StoreError::Engine(error.into()))?;
    let found = connection
        .prepare_cached("SELECT id FROM license WHERE text = ?1")?
        .query_row([&text], |row| row.get(0))
        .optional()?;
    if found.is_some() {
        return Ok(found);
    }
    let added = connection
        .prepare_cached("INSERT INTO license (text) VALUES (?1) RETURNING id")?
        .query_row([&text], |row| row.get(0))?;
    Ok(Some(added))
}

/// The number of a name of an artifact or of a source package, which is added where it is new.
pub fn name_id(connection: &Connection, text: &str) -> Result<i64> {
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
