//! Which artifacts may fit, by the narrowest index that a question allows.

mod any;
mod condition;
mod group;

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::store::{
    Result,
    query::{Cursor, FindQuery, Position},
    sqlite::listing::Filter,
};

use super::scope::Scope;
use condition::{best, by_condition};
pub use group::{Candidate, Candidates, Group};
use group::{by_their_names, names, read};

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
