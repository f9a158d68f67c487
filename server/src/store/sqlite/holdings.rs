//! Holdings: what an image, or the images that a host runs, hold.

use std::collections::BTreeSet;

use index::Index;
use model::side::Side;
use proto_types::{Artifact, Coverage};

use crate::store::{Holdings, Result, query::Window};

use super::{aliases, artifacts, context::Context, coverage, fleet::Reading, hosts, images};

/// What a side is made of.
pub struct MadeOf {
    /// The images, by number.
    pub images: Vec<i64>,
    /// Of a host: how much can be known of what it ran.
    pub coverage: Option<Coverage>,
}

/// What a side is made of. A host's name that was used again stands for every host that had it.
pub fn made_of(cx: &Context<'_>, index: &Index, side: &Side) -> Result<MadeOf> {
    let (name, at) = match side {
        Side::Image(digest) => {
            return Ok(MadeOf {
                images: vec![aliases::one(cx, *digest)?],
                coverage: None,
            });
        }
        Side::Host { name, at } => (name, at),
    };
    hosts::check_known(cx, name)?;
    let window = at.map_or(Window::Live, Window::At);
    let images = index.images_of(name, window.span());
    Ok(MadeOf {
        images: images.into_iter().map(i64::from).collect(),
        coverage: Some(coverage::of_host(cx, index, name, window)),
    })
}

/// What a side holds.
pub fn of(cx: &Context<'_>, index: Reading<'_>, side: &Side) -> Result<Holdings> {
    let MadeOf { images, coverage } = made_of(cx, &index, side)?;
    let mut summaries = Vec::new();
    for image in &images {
        summaries.extend(images::summary_of(cx, &index, *image)?);
    }
    drop(index);
    let held: BTreeSet<Artifact> = artifacts::of_images(cx, &images)?.into_iter().collect();
    let mut artifacts: Vec<Artifact> = held.into_iter().collect();
    artifacts.sort_by(|a, b| (&a.name, a).cmp(&(&b.name, b)));
    Ok(Holdings {
        coverage,
        images: summaries,
        artifacts,
    })
}
