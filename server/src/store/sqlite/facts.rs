//! Facts: what is known of an image besides its artifacts.

use proto_types::ImageFacts;
use rusqlite::{Connection, Row, params};

use crate::store::Result;

use super::{
    aliases,
    context::Context,
    sql::{ms, time_or_none},
};

/// The columns that [`from_row`] reads, for a query over `image i`.
pub const COLUMNS: &str =
    "i.distro_codename, i.distro_cpe, i.architecture, i.size_bytes, i.created_at";

/// The facts in a row of [`COLUMNS`] and the image's number.
pub fn from_row(connection: &Connection, row: &Row<'_>) -> Result<ImageFacts> {
    let size: Option<i64> = row.get("size_bytes")?;
    Ok(ImageFacts {
        distro_codename: row.get("distro_codename")?,
        distro_cpe: row.get("distro_cpe")?,
        aliases: aliases::of_image(connection, row.get("id")?)?,
        architecture: row.get("architecture")?,
        size_bytes: size.map(i64::unsigned_abs),
        created_at: time_or_none(row, "created_at")?,
    })
}

/// Makes these the facts of an image. An alias that another host knows stays one.
pub fn store(cx: &Context<'_>, image: i64, facts: &ImageFacts) -> Result<()> {
    cx.prepare_cached(
        "UPDATE image SET distro_codename = ?2, distro_cpe = ?3, architecture = ?4,
                              size_bytes = ?5, created_at = ?6
             WHERE id = ?1",
    )?
    .execute(params![
        image,
        facts.distro_codename,
        facts.distro_cpe,
        facts.architecture,
        facts
            .size_bytes
            .map(|size| i64::try_from(size).unwrap_or(i64::MAX)),
        facts.created_at.map(ms)
    ])?;
    aliases::add(cx, image, &facts.aliases)
}
