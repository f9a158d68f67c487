//! Hosts: how each stands.

use proto_types::{Host, HostsResponse, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{Result, Rules, StoreError, query::Window};

use super::{
    coverage::coverage,
    presence,
    sql::{count, time_or_none},
};

const COLUMNS: &str = "name, last_report_at, seq, scanner,
    (SELECT count(*) FROM run r WHERE r.host_id = host.id AND r.until IS NULL) AS containers,
    (SELECT count(DISTINCT r.image_id) FROM run r
     WHERE r.host_id = host.id AND r.until IS NULL) AS images";

/// Every host, by name.
pub fn list(connection: &Connection, rules: &Rules, now: Timestamp) -> Result<HostsResponse> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL ORDER BY name",
        presence::COLUMNS
    ))?;
    let hosts = statement
        .query_map([], |row| from_row(row, rules, now))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(HostsResponse {
        hosts,
        as_of: now,
        coverage: coverage(connection, rules, Window::Live, now)?,
    })
}

/// One host.
pub fn one(connection: &Connection, rules: &Rules, name: &str, now: Timestamp) -> Result<Host> {
    connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, {} FROM host WHERE removed_at IS NULL AND name = ?1",
            presence::COLUMNS
        ))?
        .query_row(params![name], |row| from_row(row, rules, now))
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

fn from_row(row: &Row<'_>, rules: &Rules, now: Timestamp) -> rusqlite::Result<Host> {
    let times = presence::times(row)?;
    Ok(Host {
        name: row.get("name")?,
        state: model::presence::now(&times, rules.silent_after, now),
        added_at: times.added_at,
        enrolled_at: times.enrolled_at,
        last_report_at: time_or_none(row, "last_report_at")?,
        last_full_report_at: times.last_full_at,
        seq: count(row, "seq")?,
        scanner: row.get("scanner")?,
        containers: count(row, "containers")?,
        images: count(row, "images")?,
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
