//! Hosts: how each stands.

use proto_types::{Host, HostsResponse};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{Result, StoreError};

use super::{
    context::Context,
    coverage,
    fleet::Reading,
    presence,
    sql::{count, time_or_none},
    unseen,
};

const COLUMNS: &str = "name, last_report_at, seq, scanner, unseen,
    (SELECT count(*) FROM run r WHERE r.host_id = host.id AND r.until IS NULL) AS containers,
    (SELECT count(DISTINCT r.image_id) FROM run r
     WHERE r.host_id = host.id AND r.until IS NULL) AS images";

/// Every host, by name.
pub fn list(cx: &Context<'_>, index: Reading<'_>) -> Result<HostsResponse> {
    let coverage = coverage::now(cx, &index);
    drop(index);
    let mut statement = cx.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL ORDER BY name",
        presence::COLUMNS
    ))?;
    let hosts = statement
        .query_map([], |row| from_row(cx, row))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(HostsResponse {
        hosts,
        as_of: cx.now,
        coverage,
    })
}

/// One host.
pub fn one(cx: &Context<'_>, name: &str) -> Result<Host> {
    cx.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL AND name = ?1",
        presence::COLUMNS
    ))?
    .query_row(params![name], |row| from_row(cx, row))
    .optional()?
    .ok_or_else(|| unknown(name))
}

/// The number of the host of that name.
pub fn id(connection: &Connection, name: &str) -> Result<i64> {
    connection
        .prepare_cached("SELECT id FROM host WHERE removed_at IS NULL AND name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> StoreError {
    StoreError::NotFound {
        kind: "host",
        name: name.to_owned(),
        hint: "`assetctl hosts` lists the hosts",
    }
}

fn from_row(cx: &Context<'_>, row: &Row<'_>) -> rusqlite::Result<Host> {
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
        containers: count(row, "containers")?,
        images: count(row, "images")?,
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
