//! Groups by the images' distribution with its version.

use std::collections::BTreeMap;

use super::window::{Groups, Window, group};
use crate::search::{counter::Counter, look::Search};

/// The groups, in the order of their texts.
pub fn groups(search: &Search<'_>, window: Window) -> Groups {
    let mut of_distro: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for image in search.images().iter() {
        if let Some(set) = search.scope.set(image)
            && search.scope.containers(image) > 0
        {
            let (distro, version) = &*set.distro;
            let key = format!("{distro} {version}").trim().to_owned();
            of_distro.entry(key).or_default().push(image);
        }
    }
    let of_distro: Vec<_> = of_distro.into_iter().collect();
    let on_page = window.of(&of_distro);
    let mut places: Vec<Option<usize>> = vec![None; search.index.images.end()];
    for (place, (_, images)) in on_page.iter().enumerate() {
        for image in images {
            if let Some(slot) = places.get_mut(*image as usize) {
                *slot = Some(place);
            }
        }
    }
    let artifacts = artifacts(search, &places, on_page.len());
    let mut counter = Counter::new(&search.scope);
    let counted = on_page
        .iter()
        .zip(artifacts)
        .map(|((key, images), artifacts)| {
            counter.add(&search.scope, images.iter().copied());
            let mut counts = counter.take();
            counts.artifacts = artifacts;
            group(key.clone(), None, counts)
        });
    Groups {
        groups: counted.collect(),
        total: of_distro.len() as u64,
    }
}

/// How many artifacts fit that an image of each group holds.
fn artifacts(search: &Search<'_>, places: &[Option<usize>], groups: usize) -> Vec<u64> {
    let mut counts = vec![0; groups];
    let mut last = vec![None; groups];
    search.each_fitting(|artifact| {
        for image in search.holding(artifact) {
            let place = places.get(image as usize).copied().flatten();
            let slots =
                place.and_then(|place| Some((last.get_mut(place)?, counts.get_mut(place)?)));
            if let Some((last, count)) = slots
                && *last != Some(artifact)
            {
                *last = Some(artifact);
                *count += 1;
            }
        }
    });
    counts
}
