//! Counting what was read from the store, once all of it is laid out.

use super::{Spread, of::Of, of_last};
use crate::{
    images::{Images, NO_DISTRO},
    runs::Runs,
};

impl Spread {
    /// That of all images and runs, on hosts whose numbers are below this.
    pub fn of(images: &Images, runs: &Runs, hosts: u32) -> Self {
        let mut spread = Self::default();
        for (image, _) in images.all() {
            let of = of_last(image, images);
            spread.put(image, of);
            let containers = runs.live_of(image).len() as i64;
            spread.count_images(of, images, (i64::from(containers > 0), containers));
        }
        let mut on_host = Vec::new();
        for host in 0..hosts {
            spread.find_on(host, runs, &mut on_host);
            for of in on_host.drain(..) {
                spread.count_host(of, images, 1);
            }
        }
        spread
    }

    /// What a host counts for: all its registries, and each of its distributions.
    fn find_on(&self, host: u32, runs: &Runs, found: &mut Vec<Of>) {
        let mut registries = 0;
        for image in runs.live_images(host) {
            let of = self.of_image(*image);
            registries |= of.registries;
            if of.distro != NO_DISTRO && found.iter().all(|one| one.distro != of.distro) {
                let distro = of.distro;
                found.push(Of {
                    distro,
                    registries: 0,
                });
            }
        }
        found.push(Of {
            distro: NO_DISTRO,
            registries,
        });
    }
}
