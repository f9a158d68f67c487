//! Changes: runs that began and ended, and artifacts that appeared first, in the order of their
//! commits. None is committed later that stands before one that was listed.

mod appeared;
mod of_host;
mod order;
mod start;

use proto_types::{Change, ChangeKind, ChangesResponse, ListChanges};
use rusqlite::{Connection, Row, params_from_iter};

use crate::store::{
    Result,
    query::{foreign, limit},
};

use super::{
    context::Context,
    coverage,
    fleet::Reading,
    hosts,
    listing::{self, Filter},
    sql::{digest, time},
};
use order::{Key, STREAMS, Stream};
use start::Start;

/// Lists what changed from a moment on, up to the last commit.
pub fn list(
    cx: &Context<'_>,
    index: Reading<'_>,
    request: &ListChanges,
) -> Result<ChangesResponse> {
    if let Some(host) = &request.host {
        hosts::check_known(cx, host)?;
    }
    let start = Start::new(cx, request)?;
    let coverage = coverage::since(cx, &index, request.host.as_deref(), start.at);
    let limit = limit(request.limit);
    let mut found = match &request.host {
        Some(host) => of_host::list(cx, &index, host, &start, limit + 1)
            .into_iter()
            .map(|(key, change)| (key, Some(change)))
            .collect(),
        None => {
            drop(index);
            found(cx, &start, limit + 1)?
        }
    };
    let truncated = listing::cut(&mut found, limit);
    let last = found.last().map(|(key, _)| *key);
    let changes: Vec<Change> = found
        .into_iter()
        .map(|(key, read)| read.map_or_else(|| change(cx, key), Ok))
        .collect::<Result<_>>()?;
    let end = match last.zip(changes.last()) {
        Some((key, change)) if truncated => (key, change.at),
        _ => (Key::behind(cx.seq), cx.now),
    };
    Ok(ChangesResponse {
        changes,
        truncated,
        // Also behind the last page: what changes later goes on from there.
        next_cursor: Some(start.next(cx, end).encode()),
        as_of: cx.now,
        coverage,
    })
}

/// The keys of what changed in the fleet, and what is read with them.
fn found(cx: &Context<'_>, start: &Start, rows: usize) -> Result<Vec<(Key, Option<Change>)>> {
    let mut found = Vec::new();
    for stream in &STREAMS {
        let mut filter = filter(stream, start);
        filter.and(&format!("{} <= ?", stream.seq), [cx.seq.into()]);
        let keys = keys_of(cx, stream, &filter, rows)?;
        found.extend(keys.into_iter().map(|key| (key, None)));
    }
    let appeared = appeared::list(cx, start, rows)?.into_iter();
    found.extend(appeared.map(|(key, change)| (key, Some(change))));
    found.sort_by_key(|(key, _)| *key);
    found.truncate(rows);
    Ok(found)
}

fn filter(stream: &Stream, start: &Start) -> Filter {
    let Stream {
        seq,
        at,
        phase,
        only,
        ..
    } = stream;
    let place = stream.place();
    let after = start.after;
    let mut filter = Filter::default();
    filter.and(
        &format!("{only} AND {seq} >= ? AND ({seq}, {phase}, {place}) > (?, ?, ?)"),
        [after.seq, after.seq, after.phase, after.place].map(Into::into),
    );
    filter.and(
        &format!("{at} >= ? OR {seq} > ?"),
        [start.since, start.up_to].map(Into::into),
    );
    filter
}

fn keys_of(
    connection: &Connection,
    stream: &Stream,
    filter: &Filter,
    rows: usize,
) -> Result<Vec<Key>> {
    let Stream { table, seq, id, .. } = stream;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {seq}, {} FROM {table} {} ORDER BY {seq}, {id} LIMIT {rows}",
        stream.place(),
        filter.sql()
    ))?;
    let found = statement.query_map(params_from_iter(filter.values()), |row| {
        Ok(Key {
            seq: row.get(0)?,
            phase: stream.phase,
            place: row.get(1)?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn change(connection: &Connection, key: Key) -> Result<Change> {
    let stream = key.stream().ok_or_else(foreign)?;
    let id = key.id();
    let sql = format!(
        "SELECT {} AS at, h.name AS host, r.container,
                ifnull(r.image_name, i.name) AS image_name, i.digest
         FROM run r JOIN host h ON h.id = r.host_id JOIN image i ON i.id = r.image_id
         WHERE r.id = ?1",
        stream.at
    );
    let change = connection
        .prepare_cached(&sql)?
        .query_row([id], |row| of_run(row, stream.kind))?;
    Ok(change)
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
