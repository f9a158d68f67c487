//! Machines: the marks of those that report as a host, and since when two do.

use model::{
    bounds,
    machines::{self, Heard, Known, Turn},
};
use proto_types::Timestamp;
use rusqlite::params;

use crate::store::Result;

use super::{
    context::Context,
    presence,
    sql::{ms, time, time_or_none},
};

/// Notes the mark that a host's full report carries. Says since when two machines report, where
/// they do.
pub fn heard(cx: &Context<'_>, host: i64, mark: Option<&str>) -> Result<Option<Timestamp>> {
    Ok(note(cx, host, mark, true)?.cloned_since)
}

/// Notes the mark that an update carries.
pub fn heard_of_one(cx: &Context<'_>, host: i64, mark: Option<&str>) -> Result<Option<Timestamp>> {
    let Turn { cloned_since, .. } = note(cx, host, mark, false)?;
    let changed = cx
        .prepare_cached(
            "UPDATE host SET cloned_since = ?2 WHERE id = ?1 AND cloned_since IS NOT ?2",
        )?
        .execute(params![host, cloned_since.map(ms)])?;
    if changed > 0 {
        presence::tell(cx, host)?;
    }
    Ok(cloned_since)
}

/// Forgets the marks of a host that has enrolled anew, or was removed.
pub fn forget(cx: &Context<'_>, host: i64) -> Result<()> {
    cx.prepare_cached("DELETE FROM host_machine WHERE host_id = ?1")?
        .execute([host])?;
    Ok(())
}

fn note(cx: &Context<'_>, host: i64, mark: Option<&str>, is_full: bool) -> Result<Turn> {
    let known = known(cx, host)?;
    let cloned_since = cx
        .prepare_cached("SELECT cloned_since FROM host WHERE id = ?1")?
        .query_row([host], |row| time_or_none(row, "cloned_since"))?;
    let known = Known {
        heard: &known,
        cloned_since,
    };
    let turn = machines::heard(known, mark, is_full, cx.rules.silent_after, cx.now);
    if let Some(mark) = mark.filter(|_| turn.is_another) {
        replace(cx, host, mark)?;
    }
    Ok(turn)
}

fn known(cx: &Context<'_>, host: i64) -> Result<Vec<Heard>> {
    let mut statement =
        cx.prepare_cached("SELECT mark, since, until FROM host_machine WHERE host_id = ?1")?;
    let heard = statement.query_map([host], |row| {
        Ok(Heard {
            mark: row.get("mark")?,
            since: time(row, "since")?,
            until: time_or_none(row, "until")?,
        })
    })?;
    Ok(heard.collect::<rusqlite::Result<_>>()?)
}

/// Lets another mark be the one that reports, and keeps no more of them than may be.
fn replace(cx: &Context<'_>, host: i64, mark: &str) -> Result<()> {
    cx.prepare_cached("UPDATE host_machine SET until = ?2 WHERE host_id = ?1 AND until IS NULL")?
        .execute(params![host, ms(cx.now)])?;
    cx.prepare_cached(
        "INSERT INTO host_machine (host_id, mark, since) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET since = excluded.since, until = NULL",
    )?
    .execute(params![host, mark, ms(cx.now)])?;
    let most = i64::try_from(bounds::MACHINES).unwrap_or(i64::MAX);
    cx.prepare_cached(
        "DELETE FROM host_machine WHERE host_id = ?1 AND mark IN
             (SELECT mark FROM host_machine WHERE host_id = ?1
              ORDER BY until IS NULL DESC, until DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![host, most])?;
    Ok(())
}
