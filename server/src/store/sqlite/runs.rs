//! Runs: the only place where an interval begins or ends, and images' counts of them with it. What
//! ends and begins is for `model::runs` to say.

use model::runs::{Listed, Live, Turn};
use proto_types::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::{
    image_row,
    sql::{ms, time},
};

/// A run and its image by their numbers.
pub type LiveRun = Live<i64, i64>;

/// A host's live runs.
pub fn live(connection: &Connection, host: i64) -> Result<Vec<LiveRun>> {
    let runs = connection
        .prepare_cached(
            "SELECT id, container, image_id, image_name FROM run
             WHERE host_id = ?1 AND until IS NULL",
        )?
        .query_map([host], from_row)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(runs)
}

/// A host's live runs of one container: one at most.
pub fn live_of(connection: &Connection, host: i64, container: &str) -> Result<Vec<LiveRun>> {
    let runs = connection
        .prepare_cached(
            "SELECT id, container, image_id, image_name FROM run
             WHERE host_id = ?1 AND container = ?2 AND until IS NULL",
        )?
        .query_map(params![host, container], from_row)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(runs)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<LiveRun> {
    Ok(Live {
        run: row.get("id")?,
        container: row.get("container")?,
        image: row.get("image_id")?,
        image_name: row.get("image_name")?,
    })
}

/// Writes what a report changes.
pub fn write(
    connection: &Connection,
    host: i64,
    turn: &Turn<'_, i64, i64>,
    now: Timestamp,
) -> Result<()> {
    for run in &turn.end {
        end(connection, run, now)?;
    }
    for listed in &turn.begin {
        begin(connection, host, listed, now)?;
    }
    Ok(())
}

fn begin(
    connection: &Connection,
    host: i64,
    listed: &Listed<'_, i64>,
    now: Timestamp,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO run (host_id, container, image_id, image_name, since)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            host,
            listed.container,
            listed.image,
            listed.image_name,
            ms(now)
        ])?;
    image_row::run_began(connection, listed.image, listed.image_name, now)
}

fn end(connection: &Connection, run: &LiveRun, now: Timestamp) -> Result<()> {
    let since = connection
        .prepare_cached("SELECT since FROM run WHERE id = ?1")?
        .query_row([run.run], |row| time(row, "since"))?;
    let until = model::runs::end(since, now);
    connection
        .prepare_cached("UPDATE run SET until = ?2 WHERE id = ?1")?
        .execute(params![run.run, ms(until)])?;
    image_row::run_ended(connection, run.image, until)
}

/// Ends every run of a host.
pub fn end_all(connection: &Connection, host: i64, now: Timestamp) -> Result<()> {
    let turn = model::runs::listed(live(connection, host)?, [], true);
    write(connection, host, &turn, now)
}
