//! Changes: runs that began and ended, and artifacts that appeared first, in the order of time.

use proto_types::{Change, ChangeKind, ChangesResponse, ListChanges, Timestamp};
use rusqlite::{Connection, Row, params_from_iter};

use crate::store::{
    Result,
    query::{Cursor, Position, foreign, limit},
};

use super::{
    artifacts,
    context::Context,
    coverage, hosts,
    listing::{self, Filter},
    sql::{digest, ms, time},
};

/// Where a change stands in the order: its time, its phase, its place in that.
type Key = (i64, i64, i64);

/// Changes that are read in one go.
struct Stream {
    kind: ChangeKind,
    /// Of the changes of one moment, those of a lower phase come first.
    phase: i64,
    table: &'static str,
    /// The column of the time.
    at: &'static str,
    /// The place among those of the phase: what is changed, and which of its two changes.
    place: &'static str,
    /// Which of the table's rows.
    only: &'static str,
}

/// Every change. Of one moment, the runs that end come before those that begin; but a run that
/// ends in the moment in which it began does so between its beginning and the next run's.
const STREAMS: [Stream; 4] = [
    Stream {
        kind: ChangeKind::Stopped,
        phase: 0,
        table: "run r",
        at: "r.until",
        place: "r.id * 2 + 1",
        only: "r.until > r.since",
    },
    Stream {
        kind: ChangeKind::Started,
        phase: 1,
        table: "run r",
        at: "r.since",
        place: "r.id * 2",
        only: "TRUE",
    },
    Stream {
        kind: ChangeKind::Stopped,
        phase: 1,
        table: "run r",
        at: "r.until",
        place: "r.id * 2 + 1",
        only: "r.until = r.since",
    },
    // What is known in more detail since is no other artifact. It is looked up by the index of
    // names: a version may be that of everything.
    Stream {
        kind: ChangeKind::Appeared,
        phase: 2,
        table: "artifact a",
        at: "a.first_seen",
        place: "a.id * 2",
        // What is known in more detail since is no other artifact.
        only: "NOT EXISTS (SELECT 1 FROM artifact b WHERE b.name_id = a.name_id AND b.type = a.type
                   AND +b.version = a.version AND +b.purl IS a.purl AND +b.id < a.id)",
    },
];

impl Stream {
    /// The one that a key is of.
    fn of((_, phase, place): Key) -> Option<&'static Self> {
        let ends = place % 2 == 1;
        STREAMS
            .iter()
            .find(|one| one.phase == phase && (one.kind == ChangeKind::Stopped) == ends)
    }
}

/// Lists what changed from a moment on, up to another one.
pub fn list(cx: &Context<'_>, request: &ListChanges, until: Timestamp) -> Result<ChangesResponse> {
    if let Some(host) = &request.host {
        hosts::check_known(cx, host)?;
    }
    let after = after(request, cx.now)?;
    let limit = limit(request.limit);
    let mut keys = keys(cx, request, after, until, limit + 1)?;
    let truncated = listing::cut(&mut keys, limit);
    let last = keys.last().copied();
    let from = Timestamp::from_millisecond(after.0).map_err(|_| foreign())?;
    let changes = keys
        .into_iter()
        .map(|key| change(cx, key))
        .collect::<Result<_>>()?;
    let next = last.map(|(at, phase, place)| Cursor {
        as_of: cx.now,
        after: Position::Key(vec![at.to_string(), phase.to_string(), place.to_string()]),
        coverage: None,
    });
    Ok(ChangesResponse {
        changes,
        truncated,
        // Also behind the last page: what changes later goes on from there.
        next_cursor: next
            .map(|cursor| cursor.encode())
            .or_else(|| request.cursor.clone()),
        as_of: until.min(cx.now),
        coverage: coverage::since(cx, from)?,
    })
}

/// The key that the list begins behind.
fn after(request: &ListChanges, now: Timestamp) -> Result<Key> {
    let Some(cursor) = request.cursor.as_deref().map(Cursor::decode).transpose()? else {
        return Ok((ms(request.since.unwrap_or(now)), -1, 0));
    };
    let [at, phase, place] = cursor.key()?;
    let number = |text: &String| text.parse().map_err(|_| foreign());
    Ok((number(at)?, number(phase)?, number(place)?))
}

/// The keys of what changed, of every kind that was asked for.
fn keys(
    connection: &Connection,
    request: &ListChanges,
    after: Key,
    until: Timestamp,
    rows: usize,
) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for stream in &STREAMS {
        let of_fleet = stream.kind == ChangeKind::Appeared;
        if !(of_fleet && request.host.is_some()) {
            let filter = filter(request, stream, after, until);
            keys.extend(keys_of(connection, stream, &filter, rows)?);
        }
    }
    keys.sort_unstable();
    keys.truncate(rows);
    Ok(keys)
}

fn filter(request: &ListChanges, stream: &Stream, after: Key, until: Timestamp) -> Filter {
    let Stream {
        at,
        phase,
        place,
        only,
        ..
    } = stream;
    let mut filter = Filter::default();
    filter.and(
        &format!("{only} AND {at} >= ? AND ({at}, {phase}, {place}) > (?, ?, ?) AND {at} <= ?"),
        [after.0, after.0, after.1, after.2, ms(until)].map(Into::into),
    );
    if let Some(host) = &request.host {
        filter.and_host(host);
    }
    filter
}

fn keys_of(
    connection: &Connection,
    stream: &Stream,
    filter: &Filter,
    rows: usize,
) -> Result<Vec<Key>> {
    let Stream {
        table, at, place, ..
    } = stream;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {at}, {place} FROM {table} {} ORDER BY {at}, {place} LIMIT {rows}",
        filter.sql()
    ))?;
    let found = statement.query_map(params_from_iter(filter.values()), |row| {
        Ok((row.get(0)?, stream.phase, row.get(1)?))
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn change(connection: &Connection, key: Key) -> Result<Change> {
    let stream = Stream::of(key).ok_or_else(foreign)?;
    let id = key.2 / 2;
    if stream.kind == ChangeKind::Appeared {
        let sql = format!(
            "SELECT {}, a.first_seen AS at FROM {} WHERE a.id = ?1",
            artifacts::COLUMNS,
            artifacts::TABLES
        );
        return Ok(connection.prepare_cached(&sql)?.query_row([id], appeared)?);
    }
    let sql = format!(
        "SELECT {} AS at, h.name AS host, r.container, r.image_name, i.digest
         FROM run r JOIN host h ON h.id = r.host_id JOIN image i ON i.id = r.image_id
         WHERE r.id = ?1",
        stream.at
    );
    let change = connection
        .prepare_cached(&sql)?
        .query_row([id], |row| of_run(row, stream.kind))?;
    Ok(change)
}

fn appeared(row: &Row<'_>) -> rusqlite::Result<Change> {
    Ok(Change {
        at: time(row, "at")?,
        kind: ChangeKind::Appeared,
        host: None,
        container: None,
        image_name: None,
        image_digest: None,
        artifact: Some(artifacts::from_row(row)?),
    })
}

fn of_run(row: &Row<'_>, kind: ChangeKind) -> rusqlite::Result<Change> {
    Ok(Change {
        at: time(row, "at")?,
        kind,
        host: row.get("host")?,
        container: row.get("container")?,
        image_name: row.get("image_name")?,
        image_digest: Some(digest(row, "digest")?),
        artifact: None,
    })
}
