//! Diff: reads what two sides hold.

use model::{
    diff::{Held, compare},
    side::Side,
};
use proto_types::{DiffResponse, DiffSide};
use rusqlite::Connection;

use crate::store::Result;

use super::{
    artifacts,
    context::Context,
    fleet::Reading,
    holdings::{self, MadeOf},
    image_row,
};

/// Compares two sides.
pub fn diff(cx: &Context<'_>, index: Reading<'_>, from: &Side, to: &Side) -> Result<DiffResponse> {
    let made_of = |side| holdings::made_of(cx, &index, side);
    let (before, after) = (made_of(from)?, made_of(to)?);
    drop(index);
    let (from, before) = side(cx, from, before)?;
    let (to, after) = side(cx, to, after)?;
    let differences = compare(before, after);
    Ok(DiffResponse {
        from,
        to,
        added: differences.added,
        removed: differences.removed,
        changed: differences.changed,
        as_of: cx.now,
    })
}

fn side(cx: &Context<'_>, side: &Side, made_of: MadeOf) -> Result<(DiffSide, Held)> {
    let MadeOf { images, coverage } = made_of;
    let at = match side {
        Side::Image(_) => None,
        Side::Host { at, .. } => Some(at.unwrap_or(cx.now)),
    };
    let mut held = Held::default();
    let mut not_complete = 0;
    for image in &images {
        not_complete += u64::from(!is_complete(cx, *image)?);
    }
    held.extend(artifacts::of_images(cx, &images)?);
    let side = DiffSide {
        what: side.to_string(),
        at,
        images: images.len() as u64,
        images_not_complete: not_complete,
        coverage,
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
