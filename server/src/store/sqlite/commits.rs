//! Commits: the number and the time of the last one, and where in their order a time is found.

use model::moment::Moment;
use proto_types::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::Result;

use super::sql::{ms, time};

/// In milliseconds.
const HOUR: i64 = 3_600_000;

/// The last commit; `None` before the first one.
pub fn last(connection: &Connection) -> Result<Option<Moment>> {
    let last = connection
        .prepare_cached("SELECT seq, at FROM last_commit")?
        .query_row([], |row| {
            Ok(Moment {
                seq: row.get("seq")?,
                at: time(row, "at")?,
            })
        })
        .optional()?;
    Ok(last)
}

/// Notes a commit, within its own transaction, as the one after the last.
pub fn note(connection: &Connection, last: Option<Moment>, this: Moment) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO last_commit (id, seq, at) VALUES (1, ?1, ?2)
             ON CONFLICT DO UPDATE SET seq = excluded.seq, at = excluded.at",
        )?
        .execute(params![this.seq, ms(this.at)])?;
    let hour = hour(this.at);
    if last.is_none_or(|last| self::hour(last.at) != hour) {
        connection
            .prepare_cached("INSERT INTO commit_hour (seq, at) VALUES (?1, ?2)")?
            .execute([this.seq, hour])?;
    }
    Ok(())
}

/// A commit that stands before none that has a time from `from` on, and is at most an hour away
/// from the first of those, unless the clock was set back; `None` where there is none.
pub fn from(connection: &Connection, from: Timestamp) -> Result<Option<i64>> {
    let seq = connection
        .prepare_cached("SELECT min(seq) FROM commit_hour WHERE at > ?1")?
        .query_row([ms(from).saturating_sub(HOUR)], |row| row.get(0))?;
    Ok(seq)
}

/// The number, as SQL, that no commit of a time before `moment` has or is above: one of the next
/// hour's.
pub fn above_all_before(moment: &str) -> String {
    format!(
        "(SELECT ifnull(min(seq), {}) FROM commit_hour WHERE seq >
             (SELECT ifnull(max(seq), -1) FROM commit_hour WHERE at < {moment}))",
        i64::MAX
    )
}

/// The beginning of the hour that a time is in.
fn hour(time: Timestamp) -> i64 {
    ms(time).div_euclid(HOUR) * HOUR
}
