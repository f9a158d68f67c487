//! Aliases: the manifest digests that name an image in registries.

use std::collections::HashMap;

use index::Change;
use proto_types::ImageDigest;
use rusqlite::Connection;

use crate::store::{Result, StoreError};

use super::{
    context::Context,
    image_row::{self, unknown},
    numbers::number,
    sql::digest,
};

/// An error lists no more of the images that a digest may mean.
const MOST_NAMED: usize = 5;

/// The number of the one image that a digest names: its own, else one that it is an alias of.
///
/// # Errors
/// [`StoreError::NotFound`] where it names none, [`StoreError::Invalid`] where it names several:
/// the digest of a list of manifests names an image for each architecture.
pub fn one(connection: &Connection, wanted: ImageDigest) -> Result<i64> {
    if let Ok(id) = image_row::id(connection, wanted) {
        return Ok(id);
    }
    match images(connection, wanted)?.as_slice() {
        [] => Err(unknown(wanted)),
        [(id, _)] => Ok(*id),
        several => Err(ambiguous(wanted, several)),
    }
}

/// The aliases of an image, in order.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<ImageDigest>> {
    let mut statement = connection
        .prepare_cached("SELECT digest FROM alias WHERE image_id = ?1 ORDER BY digest")?;
    let rows = statement.query_map([image], |row| digest(row, "digest"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The aliases of every image that has any, by the image's number.
pub fn all(connection: &Connection) -> Result<HashMap<i64, Vec<ImageDigest>>> {
    let mut statement = connection.prepare_cached("SELECT image_id, digest FROM alias")?;
    let mut rows = statement.query([])?;
    let mut aliases: HashMap<i64, Vec<ImageDigest>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let image = row.get("image_id")?;
        aliases
            .entry(image)
            .or_default()
            .push(digest(row, "digest")?);
    }
    Ok(aliases)
}

/// Adds aliases to an image.
pub fn add(cx: &Context<'_>, image: i64, aliases: &[ImageDigest]) -> Result<()> {
    let mut insert =
        cx.prepare_cached("INSERT OR IGNORE INTO alias (digest, image_id) VALUES (?1, ?2)")?;
    for alias in aliases {
        insert.execute((alias.as_bytes(), image))?;
    }
    cx.tell(Change::Aliases {
        image: number(image)?,
        aliases: aliases.to_vec(),
    });
    Ok(())
}

/// The images that a digest is an alias of, with their own digests.
fn images(connection: &Connection, alias: ImageDigest) -> Result<Vec<(i64, ImageDigest)>> {
    let mut statement = connection.prepare_cached(
        "SELECT i.id, i.digest FROM alias a JOIN image i ON i.id = a.image_id
         WHERE a.digest = ?1 ORDER BY i.digest",
    )?;
    let rows = statement.query_map([alias.as_bytes()], |row| {
        Ok((row.get("id")?, digest(row, "digest")?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn ambiguous(wanted: ImageDigest, named: &[(i64, ImageDigest)]) -> StoreError {
    let digests: Vec<String> = named
        .iter()
        .take(MOST_NAMED)
        .map(|(_, digest)| digest.to_string())
        .collect();
    StoreError::invalid_with_hint(
        format!(
            "{wanted} names {} images: {}",
            named.len(),
            digests.join(", ")
        ),
        "ask for one of them by its own digest",
    )
}
