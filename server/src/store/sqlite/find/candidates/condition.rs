//! The candidates of one condition, by the index that serves it.

use model::{condition::Condition, text::after_prefix};
use proto_types::{Field, Op};
use rusqlite::{Connection, types::Value};

use crate::store::Result;

use super::group::{Candidates, by_filter, names};

/// FTS5's trigrams know nothing of shorter pieces.
const SHORTEST_PIECE: usize = 3;

/// The condition that an index serves best, if any is served.
pub(super) fn best(conditions: &[Condition]) -> Option<&Condition> {
    let rank = |one: &&Condition| match (one.field(), one.op()) {
        // An artifact without one has the empty text, which no index holds.
        (Field::Purl | Field::Source, Op::Eq) if one.value().is_empty() => 6,
        (Field::Purl | Field::Name, Op::Eq) => 0,
        (Field::Source, Op::Eq) => 1,
        (Field::Version, Op::Eq) => 2,
        (Field::Purl | Field::Name, Op::Prefix) if !one.value().is_empty() => 3,
        (Field::Name, Op::Contains) if is_piece(one.value()) => 4,
        (Field::Name, Op::Glob | Op::Regex | Op::Contains) => 5,
        _ => 6,
    };
    conditions
        .iter()
        .min_by_key(rank)
        .filter(|one| rank(one) < 6)
}

/// What a condition finds; it is one that an index serves.
pub(super) fn by_condition(connection: &Connection, one: &Condition) -> Result<Candidates> {
    match (one.field(), one.op()) {
        (Field::Name, _) => by_name(connection, one),
        (Field::Source, Op::Eq) => by_filter(
            connection,
            "a.source_id = (SELECT id FROM name WHERE text = ?)",
            [one.value().to_owned().into()],
        ),
        (Field::Version, Op::Eq) => {
            by_filter(connection, "a.version = ?", [one.value().to_owned().into()])
        }
        (Field::Purl, Op::Eq) => by_purl(connection, one),
        _ => by_filter(
            connection,
            "a.purl >= ? AND a.purl < ?",
            prefix_range(one.value()),
        ),
    }
}

fn by_purl(connection: &Connection, one: &Condition) -> Result<Candidates> {
    match one.purl() {
        Some(purl) => by_filter(connection, "a.purl_key = ?", [purl.key().into()]),
        None => by_filter(connection, "a.purl = ?", [one.value().to_owned().into()]),
    }
}

fn by_name(connection: &Connection, one: &Condition) -> Result<Candidates> {
    let all = match one.op() {
        Op::Eq => names(connection, "text = ?", [one.value().to_owned().into()]),
        Op::Prefix => names(
            connection,
            "text >= ? AND text < ?",
            prefix_range(one.value()),
        ),
        Op::Contains if is_piece(one.value()) => names(
            connection,
            "id IN (SELECT rowid FROM name_piece WHERE name_piece MATCH ?)",
            [phrase(one.value()).into()],
        ),
        _ => names(connection, "1", []),
    }?;
    let fitting = all.0.into_iter().filter(|group| one.fits(&group.name));
    Ok(Candidates(fitting.collect()))
}

/// Whether FTS5 can look for a text: it ends at a NUL.
fn is_piece(text: &str) -> bool {
    text.chars().count() >= SHORTEST_PIECE && !text.contains('\0')
}

/// A text as FTS5 takes it literally.
fn phrase(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// From a prefix to the first text that is beyond everything that begins with it. Where there is
/// no such text, a blob is: SQLite has every blob behind every text.
fn prefix_range(prefix: &str) -> [Value; 2] {
    let end = after_prefix(prefix).map_or(Value::Blob(Vec::new()), Value::Text);
    [prefix.to_owned().into(), end]
}
