//! Holdings: what an image, or the images that a host runs, hold.

use std::collections::BTreeSet;

use model::side::Side;
use proto_types::{Artifact, Coverage};
use rusqlite::params_from_iter;

use crate::store::{Holdings, Result, query::Window};

use super::{
    aliases, artifacts, context::Context, coverage, hosts, images, listing::Filter, view::View,
};

/// The images that a side is made of.
pub fn images_of(cx: &Context<'_>, side: &Side) -> Result<Vec<i64>> {
    match side {
        Side::Image(digest) => Ok(vec![aliases::one(cx, *digest)?]),
        Side::Host { name, at } => of_host(cx, name, at.map_or(Window::Live, Window::At)),
    }
}

/// What a side holds.
pub fn of(cx: &Context<'_>, side: &Side) -> Result<Holdings> {
    let mut held: BTreeSet<Artifact> = BTreeSet::new();
    let mut summaries = Vec::new();
    let ids = images_of(cx, side)?;
    for image in &ids {
        held.extend(artifacts::of_image(cx, *image)?);
        summaries.extend(images::summary_of(cx, *image)?);
    }
    let mut artifacts: Vec<Artifact> = held.into_iter().collect();
    artifacts.sort_by(|a, b| (&a.name, a).cmp(&(&b.name, b)));
    Ok(Holdings {
        coverage: coverage_of(cx, side, &ids)?,
        images: summaries,
        artifacts,
    })
}

/// How much can be known of what a host ran: of these images, and of what it didn't tell.
pub fn coverage_of(cx: &Context<'_>, side: &Side, images: &[i64]) -> Result<Option<Coverage>> {
    let Side::Host { name, at } = side else {
        return Ok(None);
    };
    let window = at.map_or(Window::Live, Window::At);
    coverage::of_host(cx, name, window, images).map(Some)
}

/// The images that a host ran; a name that was used again stands for every host that had it.
fn of_host(cx: &Context<'_>, name: &str, window: Window) -> Result<Vec<i64>> {
    hosts::check_known(cx, name)?;
    let mut filter = Filter::default();
    filter.and_host(name);
    filter.and_view(View::new(cx, window, None)?);
    let mut statement = cx.prepare_cached(&format!(
        "SELECT DISTINCT r.image_id FROM run r {} ORDER BY r.image_id",
        filter.sql()
    ))?;
    let rows = statement.query_map(params_from_iter(filter.values()), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
