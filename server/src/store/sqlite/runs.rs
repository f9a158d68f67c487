//! Runs: the only place where an interval begins or ends, and images' counts of them with it. What
//! ends and begins is for `model::runs` to say.

use index::{Change, Run};
use model::runs::{Listed, Live, Turn};
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::{
    context::Context,
    image_row,
    numbers::number,
    sql::{ms, time},
};

/// A run and its image by their numbers.
pub type LiveRun = Live<i64, i64>;

/// The name that the image of a run, of the table `run`, was started by: where the row says none, it
/// is the image's own.
pub const IMAGE_NAME: &str =
    "ifnull(run.image_name, (SELECT name FROM image WHERE id = run.image_id)) AS image_name";

/// A host's live runs.
pub fn live(connection: &Connection, host: i64) -> Result<Vec<LiveRun>> {
    let runs = connection
        .prepare_cached(
            &format!("SELECT id, container, image_id, since, {IMAGE_NAME} FROM run WHERE host_id = ?1 AND until IS NULL"),
        )?
        .query_map([host], from_row)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(runs)
}

/// A host's live runs of one container: one at most.
pub fn live_of(connection: &Connection, host: i64, container: &str) -> Result<Vec<LiveRun>> {
    let runs = connection
        .prepare_cached(
            &format!(
                "SELECT id, container, image_id, since, {IMAGE_NAME} FROM run WHERE host_id = ?1 AND container = ?2 AND until IS NULL"
            ),
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
        since: time(row, "since")?,
    })
}

/// Writes what a report changes.
pub fn write(cx: &Context<'_>, host: i64, turn: &Turn<'_, i64, i64>) -> Result<()> {
    for run in &turn.end {
        end(cx, host, run)?;
    }
    for listed in &turn.begin {
        begin(cx, host, listed)?;
    }
    Ok(())
}

fn begin(cx: &Context<'_>, host: i64, listed: &Listed<'_, i64>) -> Result<()> {
    cx.prepare_cached(
        "INSERT INTO run (host_id, container, image_id, image_name, since, began_seq)
             VALUES (?1, ?2, ?3, nullif(?4, (SELECT name FROM image WHERE id = ?3)), ?5, ?6)",
    )?
    .execute(params![
        host,
        listed.container,
        listed.image,
        listed.image_name,
        ms(cx.now),
        cx.seq
    ])?;
    cx.tell(Change::RunBegan(Run {
        run: number(cx.last_insert_rowid())?,
        host: number(host)?,
        image: number(listed.image)?,
        container: listed.container.to_owned(),
        image_name: listed.image_name.to_owned(),
        since: cx.now,
    }));
    image_row::run_began(cx, listed.image, listed.image_name)
}

fn end(cx: &Context<'_>, host: i64, run: &LiveRun) -> Result<()> {
    let until = model::runs::end(run.since, cx.now);
    cx.prepare_cached("UPDATE run SET until = ?2, ended_seq = ?3 WHERE id = ?1")?
        .execute(params![run.run, ms(until), cx.seq])?;
    cx.tell(Change::RunEnded {
        run: number(run.run)?,
        host: number(host)?,
        until,
    });
    image_row::run_ended(cx, run.image, until)
}

/// Ends every run of a host.
pub fn end_all(cx: &Context<'_>, host: i64) -> Result<()> {
    let turn = model::runs::listed(live(cx, host)?, [], true, cx.now);
    write(cx, host, &turn)
}
