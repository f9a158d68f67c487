//! What a question narrows beforehand: the hosts that fit, and the images where they are few.

use std::collections::HashSet;

use model::condition::Condition;
use proto_types::{Field, Op};
use rusqlite::{Connection, params_from_iter};

use crate::store::{
    Result,
    query::FindQuery,
    sqlite::{listing::Filter, view::View},
};

/// The hosts that fit, those that were removed included: they have a past.
pub fn hosts(connection: &Connection, conditions: &[Condition]) -> Result<Option<HashSet<i64>>> {
    let Some(first) = conditions.first() else {
        return Ok(None);
    };
    let mut filter = Filter::default();
    if first.op() == Op::Eq {
        filter.and("name = ?", [first.value().to_owned().into()]);
    }
    let mut statement =
        connection.prepare_cached(&format!("SELECT id, name FROM host {}", filter.sql()))?;
    let mut rows = statement.query(params_from_iter(filter.values()))?;
    let mut hosts = HashSet::new();
    while let Some(row) = rows.next()? {
        let name = row.get_ref("name")?.as_str().unwrap_or_default();
        if conditions.iter().all(|one| one.fits(name)) {
            hosts.insert(row.get("id")?);
        }
    }
    Ok(Some(hosts))
}

/// The images that a question can be about, where an equality says that they are few.
pub fn images(connection: &Connection, query: &FindQuery, view: View) -> Result<Option<Vec<i64>>> {
    let mut filter = Filter::default();
    for one in query
        .image
        .iter()
        .chain(&query.run)
        .filter(|one| one.op() == Op::Eq)
    {
        let clause = match one.field() {
            Field::Host => "r.host_id IN (SELECT id FROM host WHERE name = ?)",
            Field::Container => "r.container = ?",
            Field::ImageName => "r.image_name = ?",
            Field::ImageDigest => {
                if let Ok(digest) = one.value().parse() {
                    filter.and_image(digest, view);
                }
                continue;
            }
            _ => continue,
        };
        filter.and(clause, [one.value().to_owned().into()]);
    }
    if filter.sql().is_empty() {
        return Ok(None);
    }
    // A timeline, and when something first and last ran, look at all times.
    if query.timeline.is_none() && !query.run.is_empty() {
        filter.and_view(view);
    }
    let images = connection
        .prepare_cached(&format!(
            "SELECT DISTINCT r.image_id FROM run r {}",
            filter.sql()
        ))?
        .query_map(params_from_iter(filter.values()), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(images))
}
