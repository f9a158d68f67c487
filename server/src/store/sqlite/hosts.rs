//! Hosts: how each stands.

use index::{HostRuns, Index};
use proto_types::{Host, HostsResponse};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::{Result, StoreError};

use super::{
    context::Context,
    coverage,
    fleet::Reading,
    numbers::number,
    presence,
    sql::{count, time_or_none},
    unseen,
};

const COLUMNS: &str = "id, name, last_report_at, seq, scanner, unseen";

/// Every host, by name.
pub fn list(cx: &Context<'_>, index: Reading<'_>) -> Result<HostsResponse> {
    let coverage = coverage::now(cx, &index);
    let runs = index.runs_of_hosts();
    drop(index);
    let mut statement = cx.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL ORDER BY name",
        presence::COLUMNS
    ))?;
    let mut rows = statement.query([])?;
    let mut hosts = Vec::new();
    while let Some(row) = rows.next()? {
        let place: usize = number(row.get("id")?)?;
        let runs = runs.get(place).copied().unwrap_or_default();
        hosts.push(from_row(cx, row, runs)?);
    }
    Ok(HostsResponse {
        hosts,
        as_of: cx.now,
        coverage,
    })
}

/// One host.
pub fn one(cx: &Context<'_>, index: &Index, name: &str) -> Result<Host> {
    let mut statement = cx.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL AND name = ?1",
        presence::COLUMNS
    ))?;
    let mut rows = statement.query([name])?;
    let row = rows.next()?.ok_or_else(|| unknown(name))?;
    let runs = index.runs_of_host(number(row.get("id")?)?);
    from_row(cx, row, runs)
}

/// The number of the host of that name.
pub fn id(connection: &Connection, name: &str) -> Result<i64> {
    connection
        .prepare_cached("SELECT id FROM host WHERE removed_at IS NULL AND name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| unknown(name))
}

/// What is said of a host that there isn't.
pub fn unknown(name: &str) -> StoreError {
    StoreError::NotFound {
        kind: "host",
        name: name.to_owned(),
        hint: "`assetctl hosts` lists the hosts",
    }
}

fn from_row(cx: &Context<'_>, row: &Row<'_>, runs: HostRuns) -> Result<Host> {
    let times = presence::times(row)?;
    Ok(Host {
        name: row.get("name")?,
        state: model::presence::now(&times, cx.rules.silent_after, cx.now),
        added_at: times.added_at,
        enrolled_at: times.enrolled_at,
        last_report_at: time_or_none(row, "last_report_at")?,
        last_full_report_at: times.last_full_at,
        cloned_since: times.cloned_since,
        seq: count(row, "seq")?,
        scanner: row.get("scanner")?,
        containers: runs.containers,
        images: runs.images,
        unseen: unseen::read(row.get("unseen")?),
    })
}

/// Refuses a name that no host has or had: an answer about nobody would look like a quiet host.
pub fn check_known(connection: &Connection, name: &str) -> Result<()> {
    let known = connection
        .prepare_cached("SELECT 1 FROM host WHERE name = ?1")?
        .exists([name])?;
    if known {
        return Ok(());
    }
    Err(unknown(name))
}
