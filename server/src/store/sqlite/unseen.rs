//! What hosts run that nobody looks at: what reports told of it, and what of that is over.

use std::collections::HashMap;

use index::{Change, Loader};
use model::{
    presence::Span,
    unseen::{Told, Turn, UnseenKind},
};
use proto_types::Unseen;
use rusqlite::{Connection, params};

use crate::store::Result;

use super::{
    context::Context,
    numbers,
    sql::{count, ms, time},
};

/// What a host told of it last, with its row.
type Now = (i64, Told);

/// Takes in what a host's full report tells of it; what is told from now on, in the order of
/// [`UnseenKind::ALL`].
pub fn heard(cx: &Context<'_>, host: i64, unseen: &Unseen) -> Result<[Option<Told>; 2]> {
    let mut told = [None; 2];
    let each = UnseenKind::ALL.into_iter().zip(now(cx, host)?);
    for ((kind, before), slot) in each.zip(&mut told) {
        *slot = turn(cx, host, (kind, kind.count(unseen)), before)?;
    }
    let text = match unseen.is_empty() {
        true => None,
        false => serde_json::to_string(unseen).ok(),
    };
    cx.prepare_cached("UPDATE host SET unseen = ?2 WHERE id = ?1 AND unseen IS NOT ?2")?
        .execute(params![host, text])?;
    Ok(told)
}

/// Keeps what of it ends as a host is removed.
pub fn gone(cx: &Context<'_>, host: i64) -> Result<()> {
    heard(cx, host, &Unseen::default())?;
    Ok(())
}

/// What a host's last full report told of it.
pub fn read(text: Option<String>) -> Unseen {
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// What a host told of it last, in the order of [`UnseenKind::ALL`].
pub fn told(connection: &Connection, host: i64) -> Result<[Option<Told>; 2]> {
    Ok(now(connection, host)?.map(|now| now.map(|(_, told)| told)))
}

/// The same, each with its row.
fn now(connection: &Connection, host: i64) -> Result<[Option<Now>; 2]> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, count, since FROM host_unseen WHERE host_id = ?1 AND until IS NULL",
    )?;
    let mut rows = statement.query([host])?;
    let mut now = [None; 2];
    while let Some(row) = rows.next()? {
        let (count, since) = (count(row, "count")?, time(row, "since")?);
        let place = usize::from(row.get::<_, u8>("kind")?);
        if let Some(slot) = now.get_mut(place) {
            *slot = Some((row.get("id")?, Told { count, since }));
        }
    }
    Ok(now)
}

/// The same of every host that told of any, by its number.
pub fn told_of_all(connection: &Connection) -> Result<HashMap<i64, [Option<Told>; 2]>> {
    let mut statement = connection
        .prepare("SELECT host_id, kind, count, since FROM host_unseen WHERE until IS NULL")?;
    let mut rows = statement.query([])?;
    let mut told: HashMap<i64, [Option<Told>; 2]> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (count, since) = (count(row, "count")?, time(row, "since")?);
        let of_host = told.entry(row.get("host_id")?).or_default();
        if let Some(slot) = of_host.get_mut(usize::from(row.get::<_, u8>("kind")?)) {
            *slot = Some(Told { count, since });
        }
    }
    Ok(told)
}

/// Reads all of it that is over.
pub fn load_past(connection: &Connection, loader: &mut Loader) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT host_id, kind, count, since, until FROM host_unseen WHERE until IS NOT NULL",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let span = Span::new(time(row, "since")?, time(row, "until")?);
        let (host, count) = (numbers::number(row.get("host_id")?)?, count(row, "count")?);
        let place = usize::from(row.get::<_, u8>("kind")?);
        if let Some(kind) = UnseenKind::ALL.get(place) {
            loader.was_unseen(host, *kind, count, span);
        }
    }
    Ok(())
}

/// Lets what is told of a kind begin, change or end; what is told from now on.
fn turn(
    cx: &Context<'_>,
    host: i64,
    (kind, count): (UnseenKind, u64),
    before: Option<Now>,
) -> Result<Option<Told>> {
    let told_before = before.map(|(_, told)| told);
    let turn = model::unseen::told(told_before, count, cx.rules.silent_after, cx.now);
    if let (Some((id, before)), Some(span)) = (before, turn.ended) {
        end(cx, id, span)?;
        if !span.is_empty() {
            cx.tell(Change::WasUnseen {
                host: numbers::number(host)?,
                kind,
                count: before.count,
                span,
            });
        }
    }
    if let Some(Told { count, since }) = turn.begun {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        cx.prepare_cached(
            "INSERT INTO host_unseen (host_id, kind, count, since) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![host, number(kind), count, ms(since)])?;
    }
    Ok(match turn {
        Turn {
            ended: None,
            begun: None,
        } => told_before,
        Turn { begun, .. } => begun,
    })
}

/// Keeps the time over which something was told; there may be none.
fn end(cx: &Context<'_>, id: i64, span: Span) -> Result<()> {
    if span.is_empty() {
        cx.prepare_cached("DELETE FROM host_unseen WHERE id = ?1")?
            .execute([id])?;
        return Ok(());
    }
    cx.prepare_cached("UPDATE host_unseen SET since = ?2, until = ?3 WHERE id = ?1")?
        .execute(params![id, ms(span.from), ms(span.until)])?;
    Ok(())
}

/// A kind as the database keeps it: its place in [`UnseenKind::ALL`].
const fn number(kind: UnseenKind) -> i64 {
    match kind {
        UnseenKind::ContainersWithoutImage => 0,
        UnseenKind::Runtimes => 1,
    }
}
