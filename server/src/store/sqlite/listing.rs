//! What lists have in common: filters that are put together, windows of time, pages.

use proto_types::ImageDigest;
use rusqlite::{Connection, ToSql, params_from_iter, types::Value};

use crate::store::Result;

use super::{
    sql::ms,
    view::{Part, View},
};

/// The order of runs, the same in every list: by host, container and beginning. The number comes
/// last: after the clock was set back, a run with a higher one may have begun before another.
pub const RUN_ORDER: &str = "h.name, r.container, r.since, r.id";

/// Where a run stands in [`RUN_ORDER`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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
    /// alias, which comes with an SBOM.
    pub fn and_image(&mut self, digest: ImageDigest, view: View) {
        let digest = digest.as_bytes().to_vec();
        self.and(
            "r.image_id IN (SELECT id FROM image WHERE digest = ?
                            UNION SELECT alias.image_id FROM alias
                            JOIN image ON image.id = alias.image_id
                            WHERE alias.digest = ? AND ifnull(image.sbom_seq, 0) <= ?)",
            [
                digest.clone().into(),
                digest.into(),
                view.pinned.unwrap_or(i64::MAX).into(),
            ],
        );
    }

    /// Adds the condition that a run `r` is of a host that has or had this name.
    pub fn and_host(&mut self, name: &str) {
        self.and(
            "r.host_id IN (SELECT id FROM host WHERE name = ?)",
            [name.to_owned().into()],
        );
    }

    /// Adds the condition that a run `r` is one of a view's.
    pub fn and_view(&mut self, view: View) {
        let Some(seq) = view.pinned else {
            match view.window.span() {
                None => self.and("r.until IS NULL", []),
                Some(span) => self.and(
                    &ran_in("?", "?"),
                    [ms(span.until).into(), ms(span.from).into()],
                ),
            }
            return;
        };
        self.and("+r.began_seq <= ?", [seq.into()]);
        match view.window.span() {
            None => self.and("r.until IS NULL OR r.ended_seq > ?", [seq.into()]),
            Some(span) => self.and(
                "r.since < ? AND (r.until IS NULL OR r.until > ? OR r.ended_seq > ?)",
                [ms(span.until), ms(span.from), seq].map(Into::into),
            ),
        }
    }

    /// Adds the condition that a run `r` is one of a part of a view's.
    pub fn and_part(&mut self, view: View, part: Part) {
        let seq = view.pinned.unwrap_or(i64::MAX);
        match part {
            Part::All => self.and_view(view),
            // Not by the index of beginnings: nearly every run began before.
            Part::Live => self.and("r.until IS NULL AND +r.began_seq <= ?", [seq.into()]),
            Part::Ended => self.and(
                "r.ended_seq > ? AND +r.began_seq <= ?",
                [seq, seq].map(Into::into),
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
