//! Which images to rebuild first: the fewest whose rebuild frees the most hosts, in order.
//!
//! A host is free once every image that it runs and that fits is rebuilt. Choosing the fewest
//! images for a number of hosts is a hard problem; this takes, again and again, the image that
//! frees the most hosts at once, then the one that most of the rest wait for.

use std::collections::{HashMap, HashSet};

use proto_types::CoverImage;
use rusqlite::Connection;

use crate::store::{Result, sqlite::image_row};

use super::{
    part::{Listed, Part},
    tally::Tally,
};

/// What is left to be rebuilt.
struct Left {
    by_host: HashMap<i64, HashSet<i64>>,
    hosts_of: HashMap<i64, HashSet<i64>>,
    /// Hosts that wait for this image alone.
    alone: HashMap<i64, u64>,
}

impl Left {
    fn of(tally: &Tally) -> Self {
        let mut left = Self {
            by_host: HashMap::new(),
            hosts_of: HashMap::new(),
            alone: HashMap::new(),
        };
        for image in &tally.images {
            for host in &image.hosts {
                left.by_host.entry(*host).or_default().insert(image.id);
                left.hosts_of.entry(image.id).or_default().insert(*host);
            }
        }
        for images in left.by_host.values().filter(|images| images.len() == 1) {
            for image in images {
                *left.alone.entry(*image).or_default() += 1;
            }
        }
        left
    }

    /// The image to take next; the one that was seen first where two are equal.
    fn best(&self) -> Option<i64> {
        self.hosts_of
            .iter()
            .max_by_key(|(image, hosts)| {
                let frees = self.alone.get(image).copied().unwrap_or_default();
                (frees, hosts.len(), std::cmp::Reverse(**image))
            })
            .map(|(image, _)| *image)
    }

    /// Takes an image away; how many hosts that frees.
    fn rebuild(&mut self, image: i64) -> u64 {
        let mut freed = 0;
        for host in self.hosts_of.remove(&image).unwrap_or_default() {
            let Some(images) = self.by_host.get_mut(&host) else {
                continue;
            };
            images.remove(&image);
            match images.len() {
                0 => freed += 1,
                1 => {
                    for last in images.iter() {
                        *self.alone.entry(*last).or_default() += 1;
                    }
                }
                _ => {}
            }
        }
        freed
    }
}

/// The images to rebuild, at most `limit` of them.
pub fn cover(connection: &Connection, tally: &Tally, limit: usize) -> Result<Part> {
    let mut left = Left::of(tally);
    let images: HashMap<i64, _> = tally.images.iter().map(|image| (image.id, image)).collect();
    let mut chosen = Vec::new();
    let mut hosts_clean = 0;
    while let Some(image) = left.best().filter(|_| chosen.len() < limit) {
        hosts_clean += left.rebuild(image);
        let Some(image) = images.get(&image) else {
            break;
        };
        chosen.push(CoverImage {
            image_digest: image.digest,
            image_name: image_row::name(connection, image.id)?.unwrap_or_default(),
            containers: image.hosts.len() as u64,
            hosts: image.hosts.iter().collect::<HashSet<_>>().len() as u64,
            hosts_clean,
        });
    }
    Ok(Part {
        total: tally.images.len() as u64,
        truncated: tally.images.len() > chosen.len(),
        listed: Listed::Cover(chosen),
        next: None,
    })
}
