//! How hosts stand: what is kept of their times, and what of it is over with a report.

use std::collections::HashMap;

use index::{Change, Stands};
use model::presence::{self, Counted, HostTimes, Lapse, LapseKind, Span};
use model::unseen::UnseenKind;
use proto_types::{HostState, Timestamp};
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::context::Context;
use super::fleet::number;
use super::sql::{count, ms, time, time_or_none, to_time};
use super::unseen;

/// The columns that [`times`] reads.
pub const COLUMNS: &str = "host.added_at, host.enrolled_at, host.removed_at, host.first_full_at,
    host.last_full_at, host.cloned_since, host.incomplete_since";

/// Hosts by how they stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hosts {
    /// Those that had enrolled.
    pub enrolled: u64,
    /// Those that had not yet.
    pub pending: u64,
    /// Those that were silent.
    pub silent: u64,
    /// Those as which two machines reported.
    pub cloned: u64,
    /// Those that could not list everything.
    pub incomplete: u64,
}

impl Hosts {
    fn add(&mut self, state: HostState, hosts: u64) {
        match state {
            HostState::Pending => self.pending += hosts,
            HostState::Silent => self.silent += hosts,
            HostState::Cloned => self.cloned += hosts,
            HostState::Incomplete => self.incomplete += hosts,
            HostState::Reporting => {}
        }
    }
}

/// A host's times, from a row with [`COLUMNS`].
pub fn times(row: &Row<'_>) -> rusqlite::Result<HostTimes> {
    Ok(HostTimes {
        added_at: time(row, "added_at")?,
        enrolled_at: time_or_none(row, "enrolled_at")?,
        removed_at: time_or_none(row, "removed_at")?,
        first_full_at: time_or_none(row, "first_full_at")?,
        last_full_at: time_or_none(row, "last_full_at")?,
        cloned_since: time_or_none(row, "cloned_since")?,
        incomplete_since: time_or_none(row, "incomplete_since")?,
    })
}

/// How the hosts stand now, or those of one name. They are counted where they are kept: there may
/// be tens of thousands, and every answer asks.
pub fn now(cx: &Context<'_>, name: Option<&str>) -> Result<Hosts> {
    let fresh = presence::fresh(cx.rules.silent_after, cx.now);
    let counted = cx
        .prepare_cached(&format!(
            "SELECT count(*) AS added,
                    count(*) FILTER (WHERE {ENROLLED}) AS enrolled,
                    count(*) FILTER (WHERE {ENROLLED} AND {FRESH}) AS fresh,
                    count(*) FILTER (WHERE {ENROLLED} AND {FRESH} AND {ALONE}) AS alone,
                    count(*) FILTER (WHERE {ENROLLED} AND {FRESH} AND {ALONE} AND {LISTED})
                        AS listed
             FROM host WHERE removed_at IS NULL {}",
            of_name(name, "?3")
        ))?
        .query_row(params![ms(*fresh.start()), ms(*fresh.end()), name], |row| {
            Ok(Counted {
                added: count(row, "added")?,
                enrolled: count(row, "enrolled")?,
                fresh: count(row, "fresh")?,
                alone: count(row, "alone")?,
                listed: count(row, "listed")?,
            })
        })?;
    Ok(Hosts {
        enrolled: counted.enrolled,
        pending: counted.in_state(HostState::Pending),
        silent: counted.in_state(HostState::Silent),
        cloned: counted.in_state(HostState::Cloned),
        incomplete: counted.in_state(HostState::Incomplete),
    })
}

/// The answers to the questions of `model::presence::Facts`; `?1` and `?2` are the times of full
/// reports that keep a host from being silent.
const ENROLLED: &str = "enrolled_at IS NOT NULL";
const FRESH: &str = "last_full_at BETWEEN ?1 AND ?2";
const ALONE: &str = "cloned_since IS NULL";
const LISTED: &str = "incomplete_since IS NULL";

/// The condition that leaves the hosts of one name, where one is wanted. Its value is always
/// given.
fn of_name(name: Option<&str>, value: &str) -> String {
    match name {
        Some(_) => format!("AND name = {value}"),
        None => format!("AND {value} IS NULL"),
    }
}

/// How the hosts stood over a time that has passed, or those of one name.
pub fn then(cx: &Context<'_>, name: Option<&str>, time: Span) -> Result<Hosts> {
    let lapses = lapses(cx, time)?;
    let mut statement = cx.prepare_cached(&format!(
        "SELECT host.id, {COLUMNS} FROM host
         WHERE added_at < ?2 AND (removed_at IS NULL OR removed_at > ?1)
           {}",
        of_name(name, "?3")
    ))?;
    let mut rows = statement.query(params![ms(time.from), ms(time.until), name])?;
    let mut hosts = Hosts::default();
    while let Some(row) = rows.next()? {
        let of_host = lapses.get(&row.get("id")?).map_or(&[][..], Vec::as_slice);
        let host = times(row)?;
        let state = presence::then(&host, of_host, time, cx.rules.silent_after, cx.now);
        if let Some(state) = state {
            hosts.add(state, 1);
        }
        hosts.enrolled += u64::from(presence::was_enrolled(&host, time));
    }
    Ok(hosts)
}

/// What is kept of the times over which it isn't known what ran, as far as they touch a time.
fn lapses(connection: &Connection, time: Span) -> Result<HashMap<i64, Vec<Lapse>>> {
    let mut lapses: HashMap<i64, Vec<Lapse>> = HashMap::new();
    for kind in LapseKind::ALL {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT host_id, since, until FROM {} WHERE since < ?2 AND until > ?1",
            table(kind)
        ))?;
        let mut rows = statement.query([ms(time.from), ms(time.until)])?;
        while let Some(row) = rows.next()? {
            let span = Span::new(to_time(row.get("since")?)?, to_time(row.get("until")?)?);
            let of_host = lapses.entry(row.get("host_id")?).or_default();
            of_host.push(Lapse { kind, span });
        }
    }
    Ok(lapses)
}

/// Notes that a host has sent a full report, and since when two machines report as it, where they
/// do.
pub fn heard(
    cx: &Context<'_>,
    host: i64,
    complete: bool,
    cloned_since: Option<Timestamp>,
) -> Result<()> {
    let goes_on = |kind| match kind {
        LapseKind::Silent => false,
        LapseKind::Cloned => cloned_since.is_some(),
        LapseKind::Incomplete => !complete,
    };
    let before = close(cx, host, goes_on)?;
    let incomplete_since = match complete {
        true => None,
        false => Some(before.incomplete_since.unwrap_or(cx.now)),
    };
    cx.prepare_cached(
        "UPDATE host SET last_full_at = ?2, first_full_at = coalesce(first_full_at, ?2),
                             incomplete_since = ?3, cloned_since = ?4
             WHERE id = ?1",
    )?
    .execute(params![
        host,
        ms(cx.now),
        incomplete_since.map(ms),
        cloned_since.map(ms)
    ])?;
    Ok(())
}

/// Tells the index how a host stands, after that may have changed.
pub fn tell(cx: &Context<'_>, host: i64) -> Result<()> {
    let stands = cx
        .prepare_cached(&format!(
            "SELECT {} FROM host WHERE id = ?1",
            standing_columns()
        ))?
        .query_row([host], stands)?;
    cx.tell(Change::Stands {
        host: number(host)?,
        stands,
    });
    Ok(())
}

/// The columns that [`stands`] reads, of the table `host`.
pub fn standing_columns() -> String {
    let unseen = |kind| {
        let kind = unseen::number(kind);
        format!(
            "(SELECT count FROM host_unseen
              WHERE host_id = host.id AND kind = {kind} AND until IS NULL)"
        )
    };
    format!(
        "removed_at, enrolled_at, last_full_at, cloned_since, incomplete_since,
         {} AS without_image, {} AS runtimes",
        unseen(UnseenKind::ContainersWithoutImage),
        unseen(UnseenKind::Runtimes)
    )
}

/// How the host of a row stands; `None` where it was removed.
pub fn stands(row: &Row<'_>) -> rusqlite::Result<Option<Stands>> {
    if time_or_none(row, "removed_at")?.is_some() {
        return Ok(None);
    }
    let count = |column| -> rusqlite::Result<u64> {
        let count: Option<i64> = row.get(column)?;
        Ok(count.unwrap_or_default().unsigned_abs())
    };
    Ok(Some(Stands {
        enrolled: time_or_none(row, "enrolled_at")?.is_some(),
        last_full_at: time_or_none(row, "last_full_at")?,
        cloned: time_or_none(row, "cloned_since")?.is_some(),
        incomplete: time_or_none(row, "incomplete_since")?.is_some(),
        containers_without_image: count("without_image")?,
        runtimes_not_looked_at: count("runtimes")?,
    }))
}

/// Keeps what of a host's past ends as it is removed.
pub fn gone(cx: &Context<'_>, host: i64) -> Result<()> {
    close(cx, host, |_| false)?;
    cx.prepare_cached(
        "UPDATE host SET incomplete_since = NULL, cloned_since = NULL WHERE id = ?1",
    )?
    .execute([host])?;
    Ok(())
}

/// Keeps what ends now, and that is all but what goes on.
fn close(cx: &Context<'_>, host: i64, goes_on: impl Fn(LapseKind) -> bool) -> Result<HostTimes> {
    let times = cx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM host WHERE id = ?1"))?
        .query_row([host], times)?;
    for Lapse { kind, span } in presence::ended(&times, cx.rules.silent_after, cx.now) {
        if goes_on(kind) {
            continue;
        }
        cx.prepare_cached(&format!(
            "INSERT INTO {} (host_id, since, until) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
            table(kind)
        ))?
        .execute(params![host, ms(span.from), ms(span.until)])?;
    }
    Ok(times)
}

const fn table(kind: LapseKind) -> &'static str {
    match kind {
        LapseKind::Silent => "host_silence",
        LapseKind::Cloned => "host_cloned",
        LapseKind::Incomplete => "host_incomplete",
    }
}
