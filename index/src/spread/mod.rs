//! How much runs of each distribution's packages and of each registry's, counted as runs begin and end: what is asked of
//! the whole fleet needs no look at its images.

mod counted;
mod of;
mod read;

use std::sync::Arc;

pub use counted::Counted;
use of::Of;

use crate::{
    images::{Images, NO_DISTRO},
    runs::Runs,
};

/// The counts as of the last commit, and what each image counts for.
#[derive(Debug, Default)]
pub struct Spread {
    of_images: Vec<Of>,
    counted: Arc<Counted>,
}

/// The images, and their runs.
type Known<'i> = (&'i Images, &'i Runs);

impl Spread {
    /// The counts; they stay as they are for whoever keeps them.
    pub const fn counted(&self) -> &Arc<Counted> {
        &self.counted
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.of_images.capacity() * size_of::<Of>() + self.counted.size()
    }

    /// A run began: it is among those that go on.
    pub fn began(&mut self, image: u32, host: u32, (images, runs): Known<'_>) {
        let of = self.of_image(image);
        if of.is_nothing() {
            return;
        }
        let is_first = runs.live_of(image).len() == 1;
        self.count_images(of, images, (i64::from(is_first), 1));
        let here = runs.live_images(host).iter().filter(|one| **one == image);
        if here.count() == 1 {
            let new = self.missing(of, (host, image), runs);
            self.count_host(new, images, 1);
        }
    }

    /// A run ended: it isn't among those that go on any more.
    pub fn ended(&mut self, image: u32, host: u32, (images, runs): Known<'_>) {
        let of = self.of_image(image);
        if of.is_nothing() {
            return;
        }
        let was_last = runs.live_of(image).is_empty();
        self.count_images(of, images, (-i64::from(was_last), -1));
        if !runs.live_images(host).contains(&image) {
            let gone = self.missing(of, (host, image), runs);
            self.count_host(gone, images, -1);
        }
    }

    /// An image holds something else from now on, or is gone. What it held until now is kept until then.
    pub fn holds(&mut self, image: u32, (images, runs): Known<'_>) {
        let (before, of) = (self.of_image(image), of_last(image, images));
        if before == of {
            return;
        }
        self.put(image, of);
        let containers = runs.live_of(image).len() as i64;
        let is_one = i64::from(containers > 0);
        self.count_images(before, images, (-is_one, -containers));
        self.count_images(of, images, (is_one, containers));
        let mut hosts = runs.live_hosts(image).to_vec();
        hosts.sort_unstable();
        hosts.dedup();
        for host in hosts {
            let gone = self.missing(before.without(of), (host, image), runs);
            let new = self.missing(of.without(before), (host, image), runs);
            self.count_host(gone, images, -1);
            self.count_host(new, images, 1);
        }
    }

    fn of_image(&self, image: u32) -> Of {
        let known = self.of_images.get(image as usize);
        known.copied().unwrap_or_default()
    }

    fn put(&mut self, image: u32, of: Of) {
        let place = image as usize;
        if place >= self.of_images.len() {
            self.of_images.resize(place + 1, Of::default());
        }
        if let Some(slot) = self.of_images.get_mut(place) {
            *slot = of;
        }
    }

    /// What of this no other image counts for that a host runs.
    fn missing(&self, mut of: Of, (host, image): (u32, u32), runs: &Runs) -> Of {
        for other in runs.live_images(host) {
            if of.is_nothing() {
                break;
            }
            if *other != image {
                of = of.without(self.of_image(*other));
            }
        }
        of
    }

    fn count_images(&mut self, of: Of, known: &Images, (images, containers): (i64, i64)) {
        if of.is_nothing() || (images, containers) == (0, 0) {
            return;
        }
        Arc::make_mut(&mut self.counted).change(of, known, |extent| {
            extent.images = extent.images.saturating_add_signed(images);
            extent.containers = extent.containers.saturating_add_signed(containers);
        });
    }

    fn count_host(&mut self, of: Of, known: &Images, hosts: i64) {
        if of.is_nothing() {
            return;
        }
        Arc::make_mut(&mut self.counted).change(of, known, |extent| {
            extent.hosts = extent.hosts.saturating_add_signed(hosts);
        });
    }
}

/// What an image counts for by what it holds now.
fn of_last(image: u32, images: &Images) -> Of {
    let known = images.get(image).and_then(|known| known.sets.last());
    let Some(set) = known else {
        return Of::default();
    };
    Of {
        distro: match set.kinds.has_of_distribution() {
            true => images.distro_number(image),
            false => NO_DISTRO,
        },
        registries: set.kinds.registries(),
    }
}
