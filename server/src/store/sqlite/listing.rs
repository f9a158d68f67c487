//! What lists have in common: filters that are put together, windows of time, pages.

use proto_types::{ImageDigest, Timestamp};
use rusqlite::{Connection, ToSql, params_from_iter, types::Value};

use crate::store::{Result, query::Window};

use super::sql::{ms, to_time};

/// The order of runs, the same in every list: by host, container and beginning. The number comes
/// last: after the clock was set back, a run with a higher one may have begun before another.
pub const RUN_ORDER: &str = "h.name, r.container, r.since, r.id";

/// Where a run stands in [`RUN_ORDER`].
#[derive(Debug, Clone)]
pub struct RunKey {
    /// The host's name.
    pub host: String,
    /// The container's name.
    pub container: String,
    /// When the run began, in milliseconds.
    pub since: i64,
    /// The run.
    pub id: i64,
}

/// Conditions of a query, with the values of their `?`s.
#[derive(Debug, Default, Clone)]
pub struct Filter {
    clauses: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition with as many `?` as values.
    pub fn and<const N: usize>(&mut self, clause: &str, values: [Value; N]) {
        self.clauses.push(format!("({clause})"));
        self.values.extend(values);
    }

    /// Adds the condition that a run `r` is of an image that a digest names, as its own or as an
    /// alias.
    pub fn and_image(&mut self, digest: ImageDigest) {
        let digest = digest.as_bytes().to_vec();
        self.and(
            "r.image_id IN (SELECT id FROM image WHERE digest = ?
                            UNION SELECT image_id FROM alias WHERE digest = ?)",
            [digest.clone().into(), digest.into()],
        );
    }

    /// Adds the condition that a run `r` is of a host that has or had this name.
    pub fn and_host(&mut self, name: &str) {
        self.and(
            "r.host_id IN (SELECT id FROM host WHERE name = ?)",
            [name.to_owned().into()],
        );
    }

    /// Adds the condition that a run `r` was live in the window.
    pub fn and_window(&mut self, window: Window) {
        match window.span() {
            None => self.and("r.until IS NULL", []),
            Some(span) => self.and(
                &ran_in("?", "?"),
                [ms(span.until).into(), ms(span.from).into()],
            ),
        }
    }

    /// Adds the condition that a run `r` of a host `h` stands behind another one.
    pub fn and_after(&mut self, key: &RunKey) {
        self.and(
            &format!("({RUN_ORDER}) > (?, ?, ?, ?)"),
            [
                key.host.clone().into(),
                key.container.clone().into(),
                key.since.into(),
                key.id.into(),
            ],
        );
    }

    /// The conditions as they stand behind a `FROM`.
    pub fn sql(&self) -> String {
        if self.clauses.is_empty() {
            return String::new();
        }
        format!("WHERE {}", self.clauses.join(" AND "))
    }

    /// The values of the `?`s, in their order.
    pub fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| value as &dyn ToSql)
    }
}

/// The condition that a run `r` was live at some moment before `until` and not before `from`.
pub fn ran_in(until: &str, from: &str) -> String {
    format!("r.since < {until} AND (r.until IS NULL OR r.until > {from})")
}

/// How many rows a filter leaves.
pub fn total(connection: &Connection, tables: &str, filter: &Filter) -> Result<u64> {
    let total: i64 = connection
        .prepare_cached(&format!("SELECT count(*) FROM {tables} {}", filter.sql()))?
        .query_row(params_from_iter(filter.values()), |row| row.get(0))?;
    Ok(total.unsigned_abs())
}

/// Cuts what was read down to a page; whether there was more. One more than the page is read.
pub fn cut<T>(rows: &mut Vec<T>, limit: usize) -> bool {
    let truncated = rows.len() > limit;
    rows.truncate(limit);
    truncated
}

/// The moment that the later pages of an answer stand for. Of what runs now that is now, or the
/// last moment at which a run began or ended, should the clock have been set back since.
pub fn moment_of_pages(
    connection: &Connection,
    window: Window,
    as_of: Timestamp,
) -> Result<Timestamp> {
    if window != Window::Live {
        return Ok(as_of);
    }
    let last: i64 = connection
        .prepare_cached(
            "SELECT max(ifnull((SELECT max(since) FROM run), ?1),
                        ifnull((SELECT max(until) FROM run WHERE until IS NOT NULL), ?1), ?1)",
        )?
        .query_row([ms(as_of)], |row| row.get(0))?;
    Ok(to_time(last)?)
}
