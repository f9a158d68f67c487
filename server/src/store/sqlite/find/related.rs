//! What is built from the source package of the name that was asked for: who asks for `openssl`
//! should learn of `libssl3`.

use std::{
    collections::{BTreeMap, HashSet},
    rc::Rc,
};

use proto_types::{Field, Op, RelatedArtifact};
use rusqlite::Connection;

use crate::store::{Result, query::FindQuery};

use super::scope::{Image, Scope};

/// No list of related artifacts is longer.
const MOST: usize = 20;

/// The artifacts that are built from a source package of the one name that is asked for and are
/// called otherwise, with how much of them runs in the question's scope.
pub fn related(
    connection: &Connection,
    query: &FindQuery,
    scope: &mut Scope<'_>,
) -> Result<Vec<RelatedArtifact>> {
    let mut names = query
        .artifact
        .iter()
        .filter(|one| (one.field(), one.op()) == (Field::Name, Op::Eq));
    let (Some(one), None, None) = (names.next(), names.next(), &query.cursor) else {
        return Ok(Vec::new());
    };
    let mut images: BTreeMap<(String, String), BTreeMap<i64, Rc<Image>>> = BTreeMap::new();
    for (id, kind) in built_from(connection, one.value())? {
        let known = images.entry(kind).or_default();
        known.extend(
            scope
                .images(id)?
                .images
                .into_iter()
                .map(|image| (image.id, image)),
        );
    }
    let running = images.into_iter().filter(|(_, images)| !images.is_empty());
    Ok(running
        .take(MOST)
        .map(|(kind, images)| count(kind, &images))
        .collect())
}

/// The artifacts of a source package, each with its name and its type.
fn built_from(connection: &Connection, source: &str) -> Result<Vec<(i64, (String, String))>> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, n.text AS name, a.type
         FROM name s JOIN artifact a ON a.source_id = s.id JOIN name n ON n.id = a.name_id
         WHERE s.text = ?1 AND a.name_id <> s.id",
    )?;
    let rows = statement.query_map([source], |row| {
        Ok((row.get("id")?, (row.get("name")?, row.get("type")?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn count(
    (name, artifact_type): (String, String),
    images: &BTreeMap<i64, Rc<Image>>,
) -> RelatedArtifact {
    let hosts: HashSet<&i64> = images.values().flat_map(|image| &image.hosts).collect();
    RelatedArtifact {
        artifact_type,
        name,
        images: images.len() as u64,
        containers: images.values().map(|image| image.hosts.len() as u64).sum(),
        hosts: hosts.len() as u64,
    }
}
