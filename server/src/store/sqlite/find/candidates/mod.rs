//! Which artifacts may fit, by the narrowest index that a question allows.

mod any;

use std::collections::BTreeMap;

use model::{age, condition::Condition, text::after_prefix};
use proto_types::{Artifact, Field, Op};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::store::{
    Result,
    query::{Cursor, FindQuery, Position},
    sqlite::{artifacts, listing::Filter},
};

use super::scope::Scope;

/// FTS5's trigrams know nothing of shorter pieces.
const SHORTEST_PIECE: usize = 3;

/// An artifact that fits.
pub struct Candidate {
    /// The artifact's number.
    pub id: i64,
    /// The artifact.
    pub artifact: Artifact,
}

/// Where the artifacts of one name are to be read from.
enum Source {
    /// Every artifact of the name.
    Name(i64),
    /// These, which an index on something else has found.
    Read(Vec<Candidate>),
}

/// The artifacts of one name.
pub struct Group {
    name: String,
    source: Source,
}

/// Every name that may have an artifact that fits, in order.
pub struct Candidates(Vec<Group>);

impl Candidates {
    /// The groups from a name on.
    pub fn from(self, name: Option<&str>) -> impl Iterator<Item = Group> {
        self.0
            .into_iter()
            .skip_while(move |group| name.is_some_and(|name| group.name.as_str() < name))
    }
}

impl Group {
    /// The artifacts of this name that fit, by type, version (newest first) and number.
    pub fn artifacts(self, connection: &Connection, query: &FindQuery) -> Result<Vec<Candidate>> {
        let mut found = match self.source {
            Source::Read(found) => found,
            Source::Name(id) => {
                let mut filter = Filter::default();
                filter.and("a.name_id = ?", [id.into()]);
                read(connection, &filter)?
            }
        };
        found.retain(|candidate| query.fits(&candidate.artifact));
        versions::sort_by(&mut found, order);
        Ok(found)
    }
}

fn order(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    age::newest_first(&a.artifact, &b.artifact).then_with(|| a.id.cmp(&b.id))
}

/// The candidates of a question.
pub fn of(connection: &Connection, query: &FindQuery, scope: &Scope<'_>) -> Result<Candidates> {
    if !query.any.is_empty() {
        return any::of(connection, query.any.conditions());
    }
    if let Some(one) = best(&query.artifact) {
        return by_condition(connection, one);
    }
    if let Some(images) = scope.few_images() {
        return of_images(connection, images, query.cursor.as_ref());
    }
    names(connection, "1", [])
}

/// The condition that an index serves best, if any is served.
fn best(conditions: &[Condition]) -> Option<&Condition> {
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

fn by_condition(connection: &Connection, one: &Condition) -> Result<Candidates> {
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

fn grouped(found: BTreeMap<String, Source>) -> Candidates {
    let groups = found
        .into_iter()
        .map(|(name, source)| Group { name, source });
    Candidates(groups.collect())
}

/// Names as groups, without looking at their artifacts yet.
fn names<const N: usize>(
    connection: &Connection,
    clause: &str,
    values: [Value; N],
) -> Result<Candidates> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, text FROM name WHERE {clause} ORDER BY text"
    ))?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        Ok(Group {
            name: row.get("text")?,
            source: Source::Name(row.get("id")?),
        })
    })?;
    Ok(Candidates(rows.collect::<rusqlite::Result<_>>()?))
}

fn by_filter<const N: usize>(
    connection: &Connection,
    clause: &str,
    values: [Value; N],
) -> Result<Candidates> {
    let mut filter = Filter::default();
    filter.and(clause, values);
    Ok(by_their_names(read(connection, &filter)?))
}

/// What a few images hold, and the last artifact of the page before even if they no longer do:
/// the page goes on behind it.
fn of_images(
    connection: &Connection,
    images: &[i64],
    cursor: Option<&Cursor>,
) -> Result<Candidates> {
    let of_image = |image: &i64| {
        let held = "a.id IN (SELECT artifact_id FROM image_artifact WHERE image_id = ?)";
        (held, *image)
    };
    let last = match cursor.map(|cursor| &cursor.after) {
        Some(Position::Found { artifact, .. }) => Some(("a.id = ?", *artifact)),
        _ => None,
    };
    let mut found = BTreeMap::new();
    for (clause, value) in images.iter().map(of_image).chain(last) {
        let mut filter = Filter::default();
        filter.and(clause, [value.into()]);
        for candidate in read(connection, &filter)? {
            found.insert(candidate.id, candidate);
        }
    }
    Ok(by_their_names(found.into_values().collect()))
}

fn by_their_names(candidates: Vec<Candidate>) -> Candidates {
    let mut found: BTreeMap<String, Vec<Candidate>> = BTreeMap::new();
    for candidate in candidates {
        found
            .entry(candidate.artifact.name.clone())
            .or_default()
            .push(candidate);
    }
    let sources = found
        .into_iter()
        .map(|(name, found)| (name, Source::Read(found)));
    grouped(sources.collect())
}

fn read(connection: &Connection, filter: &Filter) -> Result<Vec<Candidate>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} FROM {} {}",
        artifacts::COLUMNS,
        artifacts::TABLES,
        filter.sql()
    ))?;
    let rows = statement.query_map(params_from_iter(filter.values()), |row| {
        Ok(Candidate {
            id: row.get("id")?,
            artifact: artifacts::from_row(row)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
