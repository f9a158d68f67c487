//! Groups by the images' distribution with its version.

use std::collections::BTreeMap;

use proto_types::Group;

use super::window::{Groups, Window, group};
use crate::{
    bits::Bits,
    search::{counter::Counter, lined_up::Distros, look::Search},
};

/// The groups, in the order of their texts.
pub fn groups(search: &Search<'_>) -> Distros {
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
    Distros {
        groups: of_distro.into_iter().collect(),
        by_image: search.by_image(),
    }
}

/// Counts those on a page.
pub fn page(search: &Search<'_>, distros: &Distros, window: Window) -> Groups {
    let on_page = window.of(&distros.groups).iter();
    let mut artifacts = Bits::default();
    let mut counter = Counter::new(&search.scope);
    let counted = on_page.map(|(key, images)| -> Group {
        artifacts.clear();
        for image in images {
            search.each_held(&distros.by_image, *image, |artifact| {
                artifacts.insert(artifact);
            });
        }
        counter.add(&search.scope, images.iter().copied());
        let mut counts = counter.take(&search.scope);
        counts.artifacts = artifacts.len() as u64;
        group(key.clone(), None, counts)
    });
    Groups {
        groups: counted.collect(),
        total: distros.groups.len() as u64,
    }
}
