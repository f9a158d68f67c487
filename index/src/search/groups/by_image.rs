//! Groups by image, in the order of the digests.

use model::tally::Counts;

use super::window::{Groups, Window, group};
use crate::search::look::Search;

/// The groups, each with a name that the image runs under.
pub fn groups(search: &Search<'_>, window: Window) -> Groups {
    let digest = |image: u32| search.index.images.get(image).map(|image| image.digest);
    let counts = |image: &u32| search.scope.containers(*image) > 0;
    let holding = search.images();
    let mut images: Vec<u32> = holding.iter().filter(counts).collect();
    images.sort_unstable_by_key(|image| digest(*image));
    let by_image = search.by_image();
    let mut hosts = search.scope.no_hosts();
    let on_page = window.of(&images).iter();
    Groups {
        total: images.len() as u64,
        groups: on_page
            .map(|image| {
                let mut artifacts = 0;
                search.each_held(&by_image, *image, |_| artifacts += 1);
                search.scope.each_host(*image, |host| hosts.add(host));
                let counts = Counts {
                    artifacts,
                    images: 1,
                    containers: search.scope.containers(*image).into(),
                    hosts: hosts.take(),
                };
                let digest = digest(*image).map(|digest| digest.to_string());
                group(
                    digest.unwrap_or_default(),
                    search.image_name(*image),
                    counts,
                )
            })
            .collect(),
    }
}
