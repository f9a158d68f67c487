//! Changes: runs that began and ended, and artifacts that appeared first, in the order of time.

use proto_types::{Change, ChangeKind, ChangesResponse, ListChanges, Timestamp};
use rusqlite::{Connection, Row, params_from_iter};

use crate::store::{
    Result, Rules, StoreError,
    query::{Cursor, Position, limit},
};

use super::{
    artifacts, coverage, hosts,
    listing::Filter,
    sql::{digest, ms, time},
};

/// Where a change stands in the order: its time, its kind, its number.
type Key = (i64, i64, i64);

/// One kind of change: where it is read, and the column of its time.
struct Stream {
    kind: ChangeKind,
    table: &'static str,
    at: &'static str,
    id: &'static str,
}

/// Every kind of change. Of those of one moment, an end comes before a beginning.
const STREAMS: [Stream; 3] = [
    Stream {
        kind: ChangeKind::Stopped,
        table: "run r",
        at: "r.until",
        id: "r.id",
    },
    Stream {
        kind: ChangeKind::Started,
        table: "run r",
        at: "r.since",
        id: "r.id",
    },
    Stream {
        kind: ChangeKind::Appeared,
        table: "artifact a",
        at: "a.first_seen",
        id: "a.id",
    },
];

/// Lists what changed from a moment on, up to another one.
pub fn list(
    connection: &Connection,
    rules: &Rules,
    request: &ListChanges,
    until: Timestamp,
    now: Timestamp,
) -> Result<ChangesResponse> {
    if let Some(host) = &request.host {
        hosts::check_known(connection, host)?;
    }
    let after = after(request, now)?;
    let limit = limit(request.limit);
    let mut keys = keys(connection, request, after, until, limit + 1)?;
    let truncated = keys.len() > limit;
    keys.truncate(limit);
    let last = keys.last().copied();
    let from = Timestamp::from_millisecond(after.0).map_err(|_| foreign())?;
    let changes = keys
        .into_iter()
        .map(|key| change(connection, key))
        .collect::<Result<_>>()?;
    let next = last.map(|(at, kind, id)| Cursor {
        as_of: now,
        after: Position::Key(vec![at.to_string(), kind.to_string(), id.to_string()]),
        coverage: None,
    });
    Ok(ChangesResponse {
        changes,
        truncated,
        // Also behind the last page: what changes later goes on from there.
        next_cursor: next
            .map(|cursor| cursor.encode())
            .or_else(|| request.cursor.clone()),
        as_of: until.min(now),
        coverage: coverage::since(connection, rules, from, now)?,
    })
}

/// The key that the list begins behind.
fn after(request: &ListChanges, now: Timestamp) -> Result<Key> {
    let Some(cursor) = request.cursor.as_deref().map(Cursor::decode).transpose()? else {
        return Ok((ms(request.since.unwrap_or(now)), -1, 0));
    };
    let Position::Key(key) = cursor.after else {
        return Err(foreign());
    };
    let key: Vec<i64> = key.iter().filter_map(|part| part.parse().ok()).collect();
    match key.as_slice() {
        [at, kind, id] => Ok((*at, *kind, *id)),
        _ => Err(foreign()),
    }
}

fn foreign() -> StoreError {
    StoreError::invalid("the cursor belongs to another list")
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
    for (kind, stream) in (0..).zip(&STREAMS) {
        let of_fleet = stream.kind == ChangeKind::Appeared;
        if !(of_fleet && request.host.is_some()) {
            let filter = filter(request, (kind, stream), after, until);
            keys.extend(keys_of(connection, (kind, stream), &filter, rows)?);
        }
    }
    keys.sort_unstable();
    keys.truncate(rows);
    Ok(keys)
}

fn filter(
    request: &ListChanges,
    (kind, stream): (i64, &Stream),
    after: Key,
    until: Timestamp,
) -> Filter {
    let Stream { at, id, .. } = stream;
    let mut filter = Filter::default();
    filter.and(
        &format!("{at} >= ? AND ({at}, {kind}, {id}) > (?, ?, ?) AND {at} <= ?"),
        [after.0, after.0, after.1, after.2, ms(until)].map(Into::into),
    );
    if stream.kind == ChangeKind::Appeared {
        // What is known in more detail since is no other artifact.
        filter.and(
            "NOT EXISTS (SELECT 1 FROM artifact b WHERE b.name_id = a.name_id AND b.type = a.type
                 AND b.version = a.version AND b.purl IS a.purl AND b.id < a.id)",
            [],
        );
    }
    if let Some(host) = &request.host {
        filter.and(
            "r.host_id IN (SELECT id FROM host WHERE name = ?)",
            [host.clone().into()],
        );
    }
    filter
}

fn keys_of(
    connection: &Connection,
    (kind, stream): (i64, &Stream),
    filter: &Filter,
    rows: usize,
) -> Result<Vec<Key>> {
    let Stream { table, at, id, .. } = stream;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {at}, {id} FROM {table} {} ORDER BY {at}, {id} LIMIT {rows}",
        filter.sql()
    ))?;
    let found = statement.query_map(params_from_iter(filter.values()), |row| {
        Ok((row.get(0)?, kind, row.get(1)?))
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

fn change(connection: &Connection, (_, kind, id): Key) -> Result<Change> {
    let Some(stream) = usize::try_from(kind)
        .ok()
        .and_then(|kind| STREAMS.get(kind))
    else {
        return Err(foreign());
    };
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
