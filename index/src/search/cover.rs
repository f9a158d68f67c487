//! Which images to rebuild first, so that the most hosts are free soonest.

use std::ops::Range;

use model::cover;
use proto_types::CoverImage;

use super::look::Search;

/// The images to rebuild.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cover {
    /// The first of them, in order.
    pub images: Vec<CoverImage>,
    /// How many there are in all.
    pub total: u64,
}

impl Search<'_> {
    /// At most so many of the images to rebuild.
    #[must_use]
    pub fn cover(&self, limit: usize) -> Cover {
        let holding = self.images();
        let counting = holding
            .iter()
            .filter(|image| self.scope.containers(*image) > 0);
        // The hosts of all images, those of each side by side.
        let mut hosts = Vec::new();
        let ranges = counting.map(|image| {
            let start = hosts.len();
            self.scope.each_host(image, |host| hosts.push(host));
            (image, start..hosts.len())
        });
        let ranges: Vec<_> = ranges.collect();
        let of_range = |range: &Range<usize>| hosts.get(range.clone()).unwrap_or_default();
        let run = ranges
            .iter()
            .map(|(image, range)| (*image, of_range(range)));
        let chosen = cover::cover(run, limit);
        Cover {
            images: chosen.iter().filter_map(|one| self.rebuild(*one)).collect(),
            total: ranges.len() as u64,
        }
    }

    fn rebuild(&self, one: cover::Rebuild) -> Option<CoverImage> {
        let number = one.image;
        let mut hosts = self.scope.no_hosts();
        self.scope.each_host(number, |host| hosts.add(host));
        Some(CoverImage {
            image_digest: self.index.images.get(number)?.digest,
            image_name: self.image_name(number).unwrap_or_default(),
            containers: self.scope.containers(number).into(),
            hosts: hosts.count(),
            hosts_clean: one.hosts_clean,
        })
    }

    /// A name that an image runs or ran under.
    pub(super) fn image_name(&self, image: u32) -> Option<String> {
        let runs = &self.index.runs;
        let name = runs.name_at(image, self.question.pin)?;
        Some(runs.texts().get(name).to_owned())
    }
}
