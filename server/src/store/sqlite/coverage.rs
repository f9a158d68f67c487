//! Coverage: which hosts and images an answer says nothing of.

use index::{Index, Question, Search};
use model::{presence::Span, proof};
use proto_types::{Coverage, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{
    Result,
    query::{Cursor, Window},
};

use super::{
    context::Context,
    image_row,
    listing::ran_in,
    presence::{self, Hosts},
    sql::{count, ms, to_time},
    unseen,
};

/// The coverage of an answer for a window of time.
pub fn coverage(cx: &Context<'_>, window: Window) -> Result<Coverage> {
    let images = match window.span() {
        None => images_now(cx)?,
        Some(time) => images_then(cx, time)?,
    };
    judged(cx, None, window, images)
}

/// The coverage of an answer about now, as of the index's last commit.
pub fn of_index(cx: &Context<'_>, index: &Index) -> Coverage {
    let standing = index.standing(cx.rules.silent_after, cx.now);
    let question = Question {
        pin: index.seq(),
        ..Question::default()
    };
    let running = Search::new(index, &question).running();
    proof::judged(Coverage {
        hosts: standing.enrolled,
        pending_hosts: standing.pending,
        silent_hosts: standing.silent,
        incomplete_hosts: standing.incomplete,
        cloned_hosts: standing.cloned,
        containers_without_image: standing.containers_without_image,
        runtimes_not_looked_at: standing.runtimes_not_looked_at,
        running_images: running.without_sbom + running.partial + running.complete,
        images_without_sbom: running.without_sbom,
        images_partial: running.partial,
        ..Coverage::default()
    })
}

/// The coverage of one page: that of the first one on all of them, for they are one answer.
pub fn of_page(cx: &Context<'_>, window: Window, cursor: Option<&Cursor>) -> Result<Coverage> {
    match cursor.and_then(|cursor| cursor.coverage) {
        Some(first) => Ok(proof::judged(first)),
        None => coverage(cx, window),
    }
}

/// The coverage of an answer about now and what was before it from a moment on.
pub fn since(cx: &Context<'_>, from: Timestamp) -> Result<Coverage> {
    Ok(proof::judged(Coverage {
        kept_since: kept_since(cx)?.filter(|kept| from < *kept),
        ..coverage(cx, Window::Live)?
    }))
}

/// The coverage of an answer about what one host, or those that had its name, ran: these images.
pub fn of_host(cx: &Context<'_>, name: &str, window: Window, images: &[i64]) -> Result<Coverage> {
    let mut statement = cx.prepare_cached("SELECT sbom FROM image WHERE id = ?1")?;
    let mut by_sbom = [0; 3];
    for image in images {
        by_sbom[place(statement.query_row([image], |row| row.get(0))?)] += 1;
    }
    judged(cx, Some(name), window, by_sbom)
}

fn judged(
    cx: &Context<'_>,
    host: Option<&str>,
    window: Window,
    [without, partial, complete]: [u64; 3],
) -> Result<Coverage> {
    // Nothing is known of the time after now; what is left of the window has passed.
    let passed = window.span().map(|span| {
        let from = span.from.min(cx.now);
        Span::new(from, span.until.min(Span::at(cx.now).until))
    });
    let Hosts {
        enrolled,
        pending,
        silent,
        cloned,
        incomplete,
    } = match passed {
        None => presence::now(cx, host)?,
        Some(time) => presence::then(cx, host, time)?,
    };
    let unseen = match passed {
        None => unseen::now(cx, host)?,
        Some(time) => unseen::then(cx, host, time)?,
    };
    Ok(proof::judged(Coverage {
        hosts: enrolled,
        pending_hosts: pending,
        silent_hosts: silent,
        incomplete_hosts: incomplete,
        cloned_hosts: cloned,
        containers_without_image: unseen.containers_without_image,
        runtimes_not_looked_at: unseen.runtimes,
        running_images: without + partial + complete,
        images_without_sbom: without,
        images_partial: partial,
        kept_since: match passed {
            None => None,
            Some(time) => kept_since(cx)?.filter(|kept| time.from < *kept),
        },
        in_future: window
            .span()
            .is_some_and(|span| span.until > Span::at(cx.now).until),
        complete: false,
    }))
}

/// Since when the past is kept, where some of it was dropped.
fn kept_since(connection: &Connection) -> Result<Option<Timestamp>> {
    let kept: Option<i64> = connection
        .prepare_cached("SELECT kept_since FROM past WHERE id = 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(kept.map(to_time).transpose()?)
}

/// Running images by how far their SBOMs have come.
fn images_now(connection: &Connection) -> Result<[u64; 3]> {
    by_sbom(
        connection,
        "SELECT sbom, count(*) AS images FROM image WHERE live_runs > 0 GROUP BY sbom",
        [],
    )
}

fn images_then(connection: &Connection, time: Span) -> Result<[u64; 3]> {
    let sql = format!(
        "SELECT sbom, count(*) AS images FROM image
         WHERE first_seen < ?2 AND (live_runs > 0 OR last_seen > ?1)
           AND EXISTS (SELECT 1 FROM run r WHERE r.image_id = image.id AND {})
         GROUP BY sbom",
        ran_in("?2", "?1")
    );
    by_sbom(connection, &sql, params![ms(time.from), ms(time.until)])
}

fn by_sbom(connection: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<[u64; 3]> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut images = [0; 3];
    while let Some(row) = rows.next()? {
        images[place(row.get("sbom")?)] = count(row, "images")?;
    }
    Ok(images)
}

/// Where images are counted whose SBOM has come so far.
const fn place(sbom: i64) -> usize {
    match sbom {
        image_row::NONE => 0,
        image_row::PARTIAL => 1,
        _ => 2,
    }
}
