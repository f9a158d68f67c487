//! How hosts stand: what is kept of their times, and what of it is over with a report.

use index::{Change, Loader, Stands};
use model::presence::{self, HostTimes, Lapse, LapseKind, Span};
use proto_types::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::context::Context;
use super::numbers::number;
use super::sql::{ms, time, time_or_none};
use super::unseen;

/// The columns that [`times`] reads.
pub const COLUMNS: &str = "host.added_at, host.enrolled_at, host.removed_at, host.first_full_at,
    host.last_full_at, host.cloned_since, host.incomplete_since";

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

/// Notes that a host has sent a full report, and since when two machines report as it, where they
/// do; the host's times from now on.
pub fn heard(
    cx: &Context<'_>,
    host: i64,
    complete: bool,
    cloned_since: Option<Timestamp>,
) -> Result<HostTimes> {
    let goes_on = |kind| match kind {
        LapseKind::Silent => false,
        LapseKind::Cloned => cloned_since.is_some(),
        LapseKind::Incomplete => !complete,
    };
    let before = close(cx, host, goes_on)?;
    let before = match presence::is_ahead(&before, cx.now) {
        true => set_back(cx, host)?,
        false => before,
    };
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
    Ok(HostTimes {
        first_full_at: before.first_full_at.or(Some(cx.now)),
        last_full_at: Some(cx.now),
        cloned_since,
        incomplete_since,
        ..before
    })
}

/// Ends now what is noted of a host and would end later; the host's times then.
fn set_back(cx: &Context<'_>, host: i64) -> Result<HostTimes> {
    let params = params![host, ms(cx.now)];
    for table in LapseKind::ALL.map(table).into_iter().chain(["host_unseen"]) {
        cx.execute(
            &format!("DELETE FROM {table} WHERE host_id = ?1 AND until > ?2 AND since >= ?2"),
            params,
        )?;
        cx.execute(
            &format!("UPDATE {table} SET until = ?2 WHERE host_id = ?1 AND until > ?2"),
            params,
        )?;
    }
    cx.execute(
        "UPDATE host SET added_at = min(added_at, ?2), enrolled_at = min(enrolled_at, ?2),
                         first_full_at = min(first_full_at, ?2)
         WHERE id = ?1",
        params,
    )?;
    cx.tell(Change::SetBack {
        host: number(host)?,
        now: cx.now,
    });
    times_of(cx, host)
}

/// Tells the index how a host stands, after that may have changed.
pub fn tell(cx: &Context<'_>, host: i64) -> Result<()> {
    let stands = Stands {
        times: times_of(cx, host)?,
        unseen: unseen::told(cx, host)?,
    };
    tell_that(cx, host, stands)
}

/// Tells the index that a host stands like this.
pub fn tell_that(cx: &Context<'_>, host: i64, stands: Stands) -> Result<()> {
    let host = number(host)?;
    cx.tell(Change::Stands { host, stands });
    Ok(())
}

/// Reads all that is kept of the times over which it isn't known what ran.
pub fn load_past(connection: &Connection, loader: &mut Loader) -> Result<()> {
    for kind in LapseKind::ALL {
        let table = table(kind);
        let sql = format!("SELECT host_id, since, until FROM {table}");
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let span = Span::new(time(row, "since")?, time(row, "until")?);
            loader.lapsed(number(row.get("host_id")?)?, Lapse { kind, span });
        }
    }
    Ok(())
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
    let times = times_of(cx, host)?;
    for lapse in presence::ended(&times, cx.rules.silent_after, cx.now) {
        let Lapse { kind, span } = lapse;
        if goes_on(kind) {
            continue;
        }
        let host_number = number(host)?;
        cx.tell(Change::Lapsed {
            host: host_number,
            lapse,
        });
        cx.prepare_cached(&format!(
            "INSERT INTO {} (host_id, since, until) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
            table(kind)
        ))?
        .execute(params![host, ms(span.from), ms(span.until)])?;
    }
    Ok(times)
}

fn times_of(connection: &Connection, host: i64) -> Result<HostTimes> {
    let times = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM host WHERE id = ?1"))?
        .query_row([host], times)?;
    Ok(times)
}

const fn table(kind: LapseKind) -> &'static str {
    match kind {
        LapseKind::Silent => "host_silence",
        LapseKind::Cloned => "host_cloned",
        LapseKind::Incomplete => "host_incomplete",
    }
}
