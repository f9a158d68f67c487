//! Which images to rebuild first, with their names.

use std::collections::{HashMap, HashSet};

use model::cover;
use proto_types::CoverImage;
use rusqlite::Connection;

use crate::store::{Result, sqlite::image_row};

use super::{
    part::{Listed, Part},
    scope::Image,
    tally::Tally,
};

/// The images to rebuild, at most `limit` of them.
pub fn cover(connection: &Connection, tally: &Tally, limit: usize) -> Result<Part> {
    let images: HashMap<i64, &Image> = tally.images.iter().map(|one| (one.id, &**one)).collect();
    let run = tally
        .images
        .iter()
        .map(|one| (one.id, one.hosts.as_slice()));
    let chosen = cover::cover(run, limit);
    let listed = chosen
        .iter()
        .filter_map(|one| Some((images.get(&one.image)?, one.hosts_clean)))
        .map(|(image, hosts_clean)| row(connection, image, hosts_clean))
        .collect::<Result<Vec<_>>>()?;
    Ok(Part {
        total: tally.images.len() as u64,
        truncated: tally.images.len() > listed.len(),
        listed: Listed::Cover(listed),
        next: None,
    })
}

fn row(connection: &Connection, image: &Image, hosts_clean: u64) -> Result<CoverImage> {
    Ok(CoverImage {
        image_digest: image.digest,
        image_name: image_row::name(connection, image.id)?.unwrap_or_default(),
        containers: image.hosts.len() as u64,
        hosts: image.hosts.iter().collect::<HashSet<_>>().len() as u64,
        hosts_clean,
    })
}
