//! Which images to rebuild first, so that the most hosts are free soonest.

use model::cover::Rebuild;
use proto_types::CoverImage;

use super::{finding::Pause, look::Search, under_way::Covering};

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
    pub fn cover(&mut self, limit: usize) -> Cover {
        let covering = self.covering(&|| false).unwrap_or_default();
        self.rebuilds(&covering, &covering.choose(limit))
    }

    /// Finds what there is to choose from; nothing once it is to pause.
    pub fn covering(&mut self, pause: Pause<'_>) -> Option<Covering> {
        let mut covering = std::mem::take(&mut self.found.covering);
        let mut walking = std::mem::take(&mut covering.walking);
        let walked = self.walk_on(&mut walking, pause, |image| {
            if self.scope.containers(image) > 0 {
                covering.add(image, |take| self.scope.each_host(image, take));
            }
        });
        match walked {
            Some(()) => Some(covering),
            None => {
                covering.walking = walking;
                self.found.covering = covering;
                None
            }
        }
    }

    /// What is said of those that were chosen.
    #[must_use]
    pub fn rebuilds(&self, covering: &Covering, chosen: &[Rebuild]) -> Cover {
        Cover {
            images: chosen.iter().filter_map(|one| self.rebuild(*one)).collect(),
            total: covering.count() as u64,
        }
    }

    fn rebuild(&self, one: Rebuild) -> Option<CoverImage> {
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

    /// The name that most hosts run an image under, or that it ran under last.
    pub(super) fn image_name(&self, image: u32) -> Option<String> {
        let runs = &self.index.runs;
        let name = runs.called(image, self.question.pin)?;
        Some(runs.texts().get(name).to_owned())
    }
}
