//! What hosts run that nobody looks at: what reports told of it, and what of that is over.

use model::{
    presence::Span,
    unseen::{Told, UnseenKind, told},
};
use proto_types::Unseen;
use rusqlite::{OptionalExtension, params};

use crate::store::Result;

use super::{
    context::Context,
    sql::{count, ms, time},
};

/// How much of it there is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Containers without an image.
    pub containers_without_image: u64,
    /// Runtimes that nobody looks at.
    pub runtimes: u64,
}

/// Takes in what a host's full report tells of it.
pub fn heard(cx: &Context<'_>, host: i64, unseen: &Unseen) -> Result<()> {
    for kind in UnseenKind::ALL {
        turn(cx, host, kind, kind.count(unseen))?;
    }
    let text = match unseen.is_empty() {
        true => None,
        false => serde_json::to_string(unseen).ok(),
    };
    cx.prepare_cached("UPDATE host SET unseen = ?2 WHERE id = ?1 AND unseen IS NOT ?2")?
        .execute(params![host, text])?;
    Ok(())
}

/// Keeps what of it ends as a host is removed.
pub fn gone(cx: &Context<'_>, host: i64) -> Result<()> {
    heard(cx, host, &Unseen::default())
}

/// What a host's last full report told of it.
pub fn read(text: Option<String>) -> Unseen {
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// How much there is now, on all hosts or those of one name.
pub fn now(cx: &Context<'_>, name: Option<&str>) -> Result<Counts> {
    counted(
        cx,
        "SELECT kind, sum(count) AS count FROM host_unseen
         WHERE until IS NULL
           AND (?1 IS NULL OR host_id IN (SELECT id FROM host WHERE name = ?1))
         GROUP BY kind",
        params![name],
    )
}

/// How much there was over a time that has passed: of each host as much as at the worst moment.
pub fn then(cx: &Context<'_>, name: Option<&str>, time: Span) -> Result<Counts> {
    counted(
        cx,
        "SELECT kind, sum(most) AS count FROM
             (SELECT kind, max(count) AS most FROM host_unseen
              WHERE since < ?3 AND (until IS NULL OR until > ?2)
                AND (?1 IS NULL OR host_id IN (SELECT id FROM host WHERE name = ?1))
              GROUP BY host_id, kind)
         GROUP BY kind",
        params![name, ms(time.from), ms(time.until)],
    )
}

fn counted(cx: &Context<'_>, sql: &str, params: impl rusqlite::Params) -> Result<Counts> {
    let mut statement = cx.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut counts = Counts::default();
    while let Some(row) = rows.next()? {
        let (number, count): (i64, u64) = (row.get("kind")?, count(row, "count")?);
        for kind in UnseenKind::ALL {
            let sum = match kind {
                UnseenKind::ContainersWithoutImage => &mut counts.containers_without_image,
                UnseenKind::Runtimes => &mut counts.runtimes,
            };
            if self::number(kind) == number {
                *sum = count;
            }
        }
    }
    Ok(counts)
}

/// Lets what is told of a kind begin, change or end.
fn turn(cx: &Context<'_>, host: i64, kind: UnseenKind, count: u64) -> Result<()> {
    let kind = number(kind);
    let before = cx
        .prepare_cached(
            "SELECT id, count, since FROM host_unseen
             WHERE host_id = ?1 AND kind = ?2 AND until IS NULL",
        )?
        .query_row([host, kind], |row| {
            let count = self::count(row, "count")?;
            let since = time(row, "since")?;
            Ok((row.get::<_, i64>("id")?, Told { count, since }))
        })
        .optional()?;
    let told = told(
        before.map(|(_, told)| told),
        count,
        cx.rules.silent_after,
        cx.now,
    );
    if let (Some((id, _)), Some(ended)) = (before, told.ended) {
        end(cx, id, ended)?;
    }
    if let Some(Told { count, since }) = told.begun {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        cx.prepare_cached(
            "INSERT INTO host_unseen (host_id, kind, count, since) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![host, kind, count, ms(since)])?;
    }
    Ok(())
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

/// A kind as the database keeps it.
pub const fn number(kind: UnseenKind) -> i64 {
    match kind {
        UnseenKind::ContainersWithoutImage => 0,
        UnseenKind::Runtimes => 1,
    }
}
