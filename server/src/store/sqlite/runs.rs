//! Runs: the only place where an interval begins or ends, and images' counts of them with it.

use std::collections::HashMap;

use proto_types::{ReportedContainer, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::Result;

use super::sql::ms;

/// A run that has not ended.
pub struct LiveRun {
    /// The run.
    pub id: i64,
    /// Its image.
    pub image_id: i64,
    /// The name that its image was started by.
    pub image_name: String,
}

/// A host's live runs by their containers' names.
pub fn live(connection: &Connection, host: i64) -> Result<HashMap<String, LiveRun>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, container, image_id, image_name FROM run
         WHERE host_id = ?1 AND until IS NULL",
    )?;
    let rows = statement.query_map([host], |row| {
        let run = LiveRun {
            id: row.get("id")?,
            image_id: row.get("image_id")?,
            image_name: row.get("image_name")?,
        };
        Ok((row.get("container")?, run))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A host's live run of one container.
pub fn live_one(connection: &Connection, host: i64, container: &str) -> Result<Option<LiveRun>> {
    let run = connection
        .prepare_cached(
            "SELECT id, image_id, image_name FROM run
             WHERE host_id = ?1 AND container = ?2 AND until IS NULL",
        )?
        .query_row(params![host, container], |row| {
            Ok(LiveRun {
                id: row.get("id")?,
                image_id: row.get("image_id")?,
                image_name: row.get("image_name")?,
            })
        })
        .optional()?;
    Ok(run)
}

/// Begins a run.
pub fn begin(
    connection: &Connection,
    host: i64,
    container: &ReportedContainer,
    image: i64,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO run (host_id, container, image_id, image_name, since)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            host,
            container.name,
            image,
            container.image_name,
            ms(now)
        ])?;
    connection
        .prepare_cached(
            "UPDATE image SET live_runs = live_runs + 1, last_name = ?2,
                              first_seen = min(first_seen, ?3)
             WHERE id = ?1",
        )?
        .execute(params![image, container.image_name, ms(now)])?;
    Ok(())
}

/// Ends a run. An interval never ends before it began, even where the clock was set back.
pub fn end(connection: &Connection, run: &LiveRun, now: Timestamp) -> Result<()> {
    let until: i64 = connection
        .prepare_cached("UPDATE run SET until = max(since, ?2) WHERE id = ?1 RETURNING until")?
        .query_row(params![run.id, ms(now)], |row| row.get(0))?;
    connection
        .prepare_cached(
            "UPDATE image SET live_runs = live_runs - 1,
                              last_seen = max(ifnull(last_seen, ?2), ?2)
             WHERE id = ?1",
        )?
        .execute(params![run.image_id, until])?;
    Ok(())
}

/// Ends every run of a host.
pub fn end_all(connection: &Connection, host: i64, now: Timestamp) -> Result<()> {
    for run in live(connection, host)?.values() {
        end(connection, run, now)?;
    }
    Ok(())
}
