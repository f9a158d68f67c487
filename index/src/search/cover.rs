//! Which images to rebuild first, so that the most hosts are free soonest.

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
        let hosts: Vec<(i64, Vec<i64>)> = counting
            .map(|image| (image.into(), self.hosts_of(image)))
            .collect();
        let run = hosts
            .iter()
            .map(|(image, hosts)| (*image, hosts.as_slice()));
        let chosen = cover::cover(run, limit);
        Cover {
            images: chosen.iter().filter_map(|one| self.rebuild(*one)).collect(),
            total: hosts.len() as u64,
        }
    }

    fn hosts_of(&self, image: u32) -> Vec<i64> {
        let mut hosts = Vec::with_capacity(self.scope.containers(image) as usize);
        self.scope.each_host(image, |host| hosts.push(host.into()));
        hosts
    }

    fn rebuild(&self, one: cover::Rebuild) -> Option<CoverImage> {
        let number = u32::try_from(one.image).ok()?;
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
