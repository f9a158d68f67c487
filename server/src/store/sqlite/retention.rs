//! Retention: what nothing has run for long is dropped, in steps that hold the writer shortly.

use std::time::{Duration, Instant};

use index::{Change, Sbom};
use model::steady::Steady;
use proto_types::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::store::{Result, Step};

use super::{
    blocks, commits,
    context::Context,
    image_row::{self, FORGOTTEN},
    numbers::number,
    scan,
    sql::{ms, time},
};

/// A step drops at most so many rows of a kind.
const STEP: i64 = 2_000;
/// And looks at so many rows of artifacts.
const LOOKED: usize = 256;
/// And takes artifacts out of so many of them: each is unpacked and packed again.
const REWRITTEN: usize = 4;
/// And goes on with neither once it has taken so long.
const LONGEST: Duration = Duration::from_millis(50);

/// A kind of rows that is dropped.
struct Kind {
    /// Takes the oldest moment that is kept and the size of a step.
    sql: String,
    /// What the index is told of each row, where it knows of them.
    told: Option<fn(&Row<'_>) -> Result<Change>>,
}

impl Kind {
    /// Rows that the index knows nothing of.
    fn of(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            told: None,
        }
    }

    /// Rows that the index is told of, by their `columns`.
    fn told(sql: &str, columns: &str, told: fn(&Row<'_>) -> Result<Change>) -> Self {
        Self {
            sql: format!("{sql} RETURNING {columns}"),
            told: Some(told),
        }
    }

    /// Drops them; says how many.
    fn run(&self, cx: &Context<'_>, oldest_kept: Timestamp) -> Result<usize> {
        let mut statement = cx.prepare_cached(&self.sql)?;
        let params = params![ms(oldest_kept), STEP];
        let Some(told) = self.told else {
            return Ok(statement.execute(params)?);
        };
        let (mut rows, mut dropped) = (statement.query(params)?, 0);
        while let Some(row) = rows.next()? {
            cx.tell(told(row)?);
            dropped += 1;
        }
        Ok(dropped)
    }
}

/// What is dropped, in order: what is left alone by one is free for the next. Nothing here touches
/// a run that goes on, nor an image, an artifact or a name that a run leads to.
fn drops() -> [Kind; 13] {
    let forgotten = format!("SELECT i.id FROM image i WHERE {FORGOTTEN}");
    let of_forgotten = |table| {
        Kind::of(format!(
            "DELETE FROM {table} WHERE image_id IN ({forgotten}) AND ?2"
        ))
    };
    [
        old_runs(),
        Kind::of("DELETE FROM host_silence WHERE until < ?1 AND ?2"),
        Kind::of("DELETE FROM host_incomplete WHERE until < ?1 AND ?2"),
        Kind::of("DELETE FROM host_cloned WHERE until < ?1 AND ?2"),
        Kind::of("DELETE FROM host_unseen WHERE until < ?1 AND ?2"),
        sboms_of(&forgotten),
        of_forgotten("holds"),
        of_forgotten("scan_failure"),
        of_forgotten("conflict"),
        of_forgotten("withdrawn"),
        Kind::of(scan::forget(&forgotten)),
        of_forgotten("alias"),
        images(&forgotten),
    ]
}

/// By the order of commits, only what may be old enough is looked at.
fn old_runs() -> Kind {
    let above = commits::above_all_before("?1");
    let sql = format!(
        "DELETE FROM run WHERE id IN
             (SELECT id FROM run WHERE ended_seq < {above} AND until < ?1 LIMIT ?2)"
    );
    Kind::told(&sql, "id, host_id", |row| {
        Ok(Change::RunDropped {
            run: number(row.get("id")?)?,
            host: number(row.get("host_id")?)?,
        })
    })
}

/// An image that runs again before all of it is dropped must be scanned again.
fn sboms_of(forgotten: &str) -> Kind {
    let none = image_row::NONE;
    let sql = format!(
        "UPDATE image SET sbom = {none}, artifact_count = 0, content_hash = NULL,
                          sbom_generation = NULL, sbom_seq = NULL, complete_seq = NULL
         WHERE id IN ({forgotten} AND i.sbom <> {none} LIMIT ?2)"
    );
    Kind::told(&sql, "id", |row| {
        Ok(Change::Sbom {
            image: number(row.get("id")?)?,
            sbom: Sbom::default(),
        })
    })
}

fn images(forgotten: &str) -> Kind {
    let sql = format!("DELETE FROM image WHERE id IN ({forgotten} LIMIT ?2)");
    Kind::told(&sql, "id", |row| {
        Ok(Change::ImageDropped {
            image: number(row.get("id")?)?,
        })
    })
}

/// Drops artifacts that were seen first before a moment and that no image holds any more, nor held
/// within the hour that the index remembers; from a number on.
fn artifacts(cx: &Context<'_>, oldest_kept: Timestamp, from: u32) -> Result<Step> {
    let mut step = Step {
        next: Some(from),
        ..Step::default()
    };
    if cx.added()?.borrow().has_sboms() {
        // The index doesn't know yet what those hold.
        return Ok(step);
    }
    let (begun, mut rewritten) = (Instant::now(), 0);
    let rows = blocks::older(cx, ms(oldest_kept), from, LOOKED)?;
    let is_last = rows.len() < LOOKED;
    for numbers in rows {
        if rewritten == REWRITTEN || (step.looked > 0 && begun.elapsed() > LONGEST) {
            return Ok(step);
        }
        step.looked += 1;
        step.next = numbers.last().map(|last| last.saturating_add(1));
        let dropped = drop_unheld(cx, numbers)?;
        step.dropped += dropped;
        rewritten += usize::from(dropped > 0);
    }
    step.next = step.next.filter(|_| !is_last);
    Ok(step)
}

/// Drops those artifacts of a row that no image holds; says how many.
fn drop_unheld(cx: &Context<'_>, mut numbers: Vec<u32>) -> Result<usize> {
    let index = cx.latest.read();
    numbers.retain(|number| !index.is_held(*number));
    drop(index);
    blocks::remove(cx, &numbers)?;
    for number in &numbers {
        cx.added()?.borrow_mut().drop(*number);
        cx.tell(Change::ArtifactDropped { number: *number });
    }
    Ok(numbers.len())
}

/// Looks at the clock, and remembers what it says.
pub fn look_at_clock(cx: &Context<'_>) -> Result<Steady> {
    let last = cx
        .prepare_cached("SELECT since, looked_at FROM clock WHERE id = 1")?
        .query_row([], |row| {
            Ok(Steady {
                since: time(row, "since")?,
                looked_at: time(row, "looked_at")?,
            })
        })
        .optional()?;
    let steady = Steady::look(last, cx.now);
    cx.prepare_cached(
        "INSERT INTO clock (id, since, looked_at) VALUES (1, ?1, ?2)
             ON CONFLICT DO UPDATE SET since = excluded.since, looked_at = excluded.looked_at",
    )?
    .execute([ms(steady.since), ms(steady.looked_at)])?;
    Ok(steady)
}

/// Drops some of what ended before a moment; of artifacts, from a number on.
pub fn step(cx: &Context<'_>, oldest_kept: Timestamp, from: u32) -> Result<Step> {
    let step = match rows(cx, oldest_kept)? {
        0 => artifacts(cx, oldest_kept, from)?,
        dropped => Step {
            dropped,
            next: Some(0),
            ..Step::default()
        },
    };
    if step.dropped > 0 {
        keep_since(cx, oldest_kept)?;
    }
    Ok(step)
}

/// Drops rows of the first kind of which there are any; says how many.
fn rows(cx: &Context<'_>, oldest_kept: Timestamp) -> Result<usize> {
    for drop in drops() {
        let dropped = drop.run(cx, oldest_kept)?;
        if dropped > 0 {
            return Ok(dropped);
        }
    }
    Ok(0)
}

/// Remembers since when the past is kept, with what was dropped: about the time before it, an
/// empty answer proves nothing any more.
fn keep_since(cx: &Context<'_>, oldest_kept: Timestamp) -> Result<()> {
    cx.tell(Change::KeptSince(oldest_kept));
    cx.prepare_cached(
        "INSERT INTO past (id, kept_since) VALUES (1, ?1)
             ON CONFLICT DO UPDATE SET kept_since = max(kept_since, excluded.kept_since)",
    )?
    .execute([ms(oldest_kept)])?;
    Ok(())
}

/// Since when the past is kept, where some of it was dropped.
pub fn kept_since(connection: &Connection) -> Result<Option<Timestamp>> {
    let kept = connection
        .prepare_cached("SELECT kept_since FROM past WHERE id = 1")?
        .query_row([], |row| time(row, "kept_since"))
        .optional()?;
    Ok(kept)
}
