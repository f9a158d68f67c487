//! Candidates by their names: which there are, and where the artifacts of a name are read from.

use std::collections::BTreeMap;

use model::age;
use proto_types::Artifact;
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::store::{
    Result,
    query::FindQuery,
    sqlite::{artifacts, listing::Filter},
};

/// An artifact that fits.
pub struct Candidate {
    /// The artifact's number.
    pub id: i64,
    /// The artifact.
    pub artifact: Artifact,
}

/// Where the artifacts of one name are to be read from.
pub(super) enum Source {
    /// Every artifact of the name.
    Name(i64),
    /// These, which an index on something else has found.
    Read(Vec<Candidate>),
}

/// The artifacts of one name.
pub struct Group {
    pub(super) name: String,
    pub(super) source: Source,
}

/// Every name that may have an artifact that fits, in order.
pub struct Candidates(pub(super) Vec<Group>);

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

/// These names with where their artifacts are read from.
pub(super) fn grouped(found: BTreeMap<String, Source>) -> Candidates {
    let groups = found
        .into_iter()
        .map(|(name, source)| Group { name, source });
    Candidates(groups.collect())
}

/// Names as groups, without looking at their artifacts yet.
pub(super) fn names<const N: usize>(
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

/// The artifacts that a condition on their rows finds.
pub(super) fn by_filter<const N: usize>(
    connection: &Connection,
    clause: &str,
    values: [Value; N],
) -> Result<Candidates> {
    let mut filter = Filter::default();
    filter.and(clause, values);
    Ok(by_their_names(read(connection, &filter)?))
}

/// Artifacts that were read, by their names.
pub(super) fn by_their_names(candidates: Vec<Candidate>) -> Candidates {
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

/// Reads the artifacts that a filter leaves.
pub(super) fn read(connection: &Connection, filter: &Filter) -> Result<Vec<Candidate>> {
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
