//! Diff: reads what two sides hold.

use model::{
    diff::{Held, compare},
    side::Side,
};
use proto_types::{DiffResponse, DiffSide, Timestamp};
use rusqlite::Connection;

use crate::store::{Result, Rules};

use super::{artifacts, holdings, image_row};

/// Compares two sides.
pub fn diff(
    connection: &Connection,
    rules: &Rules,
    from: &Side,
    to: &Side,
    now: Timestamp,
) -> Result<DiffResponse> {
    let (from, before) = side(connection, rules, from, now)?;
    let (to, after) = side(connection, rules, to, now)?;
    let differences = compare(before, after);
    Ok(DiffResponse {
        from,
        to,
        added: differences.added,
        removed: differences.removed,
        changed: differences.changed,
        as_of: now,
    })
}

fn side(
    connection: &Connection,
    rules: &Rules,
    side: &Side,
    now: Timestamp,
) -> Result<(DiffSide, Held)> {
    let images = holdings::images_of(connection, side, now)?;
    let at = match side {
        Side::Image(_) => None,
        Side::Host { at, .. } => Some(at.unwrap_or(now)),
    };
    let mut held = Held::default();
    let mut not_complete = 0;
    for image in &images {
        not_complete += u64::from(!is_complete(connection, *image)?);
        held.extend(artifacts::of_image(connection, *image)?);
    }
    let side = DiffSide {
        what: side.to_string(),
        at,
        images: images.len() as u64,
        images_not_complete: not_complete,
        coverage: holdings::coverage_of(connection, rules, side, &images, now)?,
        artifacts: held.len(),
    };
    Ok((side, held))
}

fn is_complete(connection: &Connection, image: i64) -> Result<bool> {
    let sbom: i64 = connection
        .prepare_cached("SELECT sbom FROM image WHERE id = ?1")?
        .query_row([image], |row| row.get(0))?;
    Ok(sbom == image_row::COMPLETE)
}
