//! Coverage: which hosts and images an answer says nothing of.

use proto_types::{Coverage, Timestamp};
use rusqlite::{Connection, Row, params};

use crate::store::{Result, Rules, query::Window};

use super::{
    image_row,
    sql::{count, ms},
};

/// The coverage of an answer for a window of time.
pub fn coverage(
    connection: &Connection,
    rules: &Rules,
    window: Window,
    now: Timestamp,
) -> Result<Coverage> {
    let hosts = match window {
        Window::Live => hosts_now(connection, rules, now)?,
        Window::At(at) => hosts_then(connection, rules, (at, at), now)?,
        Window::During(from, to) => hosts_then(connection, rules, (from, to.min(now)), now)?,
    };
    let images = match window {
        Window::Live => images_now(connection)?,
        Window::At(at) => images_then(connection, ms(at), ms(at).saturating_add(1))?,
        Window::During(from, to) => images_then(connection, ms(from), ms(to))?,
    };
    Ok(Coverage {
        hosts: hosts.enrolled,
        pending_hosts: 0,
        silent_hosts: hosts.silent,
        incomplete_hosts: hosts.incomplete,
        running_images: images.iter().sum(),
        images_without_sbom: images[0],
        images_partial: images[1],
        kept_since: None,
        in_future: false,
        complete: false,
    }
    .judged())
}

struct Hosts {
    enrolled: u64,
    silent: u64,
    incomplete: u64,
}

impl Hosts {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            enrolled: count(row, "enrolled")?,
            silent: count(row, "silent")?,
            incomplete: count(row, "incomplete")?,
        })
    }
}

/// The last moment at which a report still keeps its host from being silent.
pub fn oldest_fresh_report(rules: &Rules, now: Timestamp) -> i64 {
    now.checked_sub(rules.silent_after).map_or(i64::MIN, ms)
}

/// The first moment at which it does. A report from further ahead is from before the clock was
/// set back, and says nothing of now.
pub fn newest_fresh_report(rules: &Rules, now: Timestamp) -> i64 {
    now.checked_add(rules.silent_after).map_or(i64::MAX, ms)
}

fn hosts_now(connection: &Connection, rules: &Rules, now: Timestamp) -> Result<Hosts> {
    let hosts = connection
        .prepare_cached(
            "SELECT count(*) AS enrolled,
                    count(*) FILTER (WHERE last_report_at IS NULL
                                     OR last_report_at NOT BETWEEN ?1 AND ?2) AS silent,
                    count(*) FILTER (WHERE last_report_at BETWEEN ?1 AND ?2
                                     AND NOT listing_complete) AS incomplete
             FROM host WHERE enrolled_at IS NOT NULL AND removed_at IS NULL",
        )?
        .query_row(
            [
                oldest_fresh_report(rules, now),
                newest_fresh_report(rules, now),
            ],
            Hosts::from_row,
        )?;
    Ok(hosts)
}

/// A host is silent for a past range where a silence touches it, where the range begins before
/// its first report, or where the host has been silent from before its end until now.
fn hosts_then(
    connection: &Connection,
    rules: &Rules,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Hosts> {
    let hosts = connection
        .prepare_cached(
            "SELECT count(*) AS enrolled, 0 AS incomplete, count(*) FILTER (WHERE
                 ifnull(first_report_at, ?2 + 1) > ?2
                 OR (last_report_at < ?3 AND last_report_at < ?2)
                 OR EXISTS (SELECT 1 FROM host_silence s
                            WHERE s.host_id = host.id AND s.since < ?2 AND s.until > ?1)
             ) AS silent
             FROM host WHERE enrolled_at <= ?2 AND (removed_at IS NULL OR removed_at > ?1)",
        )?
        .query_row(
            params![ms(from), ms(to), oldest_fresh_report(rules, now)],
            Hosts::from_row,
        )?;
    Ok(hosts)
}

/// Running images by how far their SBOMs have come.
fn images_now(connection: &Connection) -> Result<[u64; 3]> {
    by_sbom(
        connection,
        "SELECT sbom, count(*) AS images FROM image WHERE live_runs > 0 GROUP BY sbom",
        [],
    )
}

fn images_then(connection: &Connection, from: i64, to: i64) -> Result<[u64; 3]> {
    by_sbom(
        connection,
        "SELECT sbom, count(*) AS images FROM image
         WHERE first_seen < ?2 AND (live_runs > 0 OR last_seen > ?1)
           AND EXISTS (SELECT 1 FROM run WHERE image_id = image.id
                       AND since < ?2 AND (until IS NULL OR until > ?1))
         GROUP BY sbom",
        params![from, to],
    )
}

fn by_sbom(connection: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<[u64; 3]> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut images = [0; 3];
    while let Some(row) = rows.next()? {
        let index = match row.get::<_, i64>("sbom")? {
            image_row::NONE => 0,
            image_row::PARTIAL => 1,
            _ => 2,
        };
        images[index] = count(row, "images")?;
    }
    Ok(images)
}
