//! What each image holds: one row an image, its artifacts by number.
//!
//! The numbers are written as [`index::deltas`] says: of some ten million pairs of image and
//! artifact, each takes one to two bytes, and those of an image are read in one go.

use index::deltas;
use rusqlite::{Connection, OptionalExtension, params};

use crate::store::Result;

/// Makes artifacts, by their rising numbers, what an image holds.
pub fn write(connection: &Connection, image: i64, artifacts: &[u32]) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO holds (image_id, artifacts) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET artifacts = excluded.artifacts",
        )?
        .execute(params![image, deltas::pack(artifacts)])?;
    Ok(())
}

/// The artifacts of an image by their rising numbers.
pub fn of_image(connection: &Connection, image: i64) -> Result<Vec<u32>> {
    let packed = connection
        .prepare_cached("SELECT artifacts FROM holds WHERE image_id = ?1")?
        .query_row([image], |row| {
            Ok(deltas::read(row.get_ref(0)?.as_blob()?).collect())
        })
        .optional()?;
    Ok(packed.unwrap_or_default())
}
