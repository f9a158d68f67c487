//! Lists of the plain fleet: each run and each image looked at.

use index::{Containers, Images, Place};
use jiff::Timestamp;
use proto_types::{ImageDigest, ImageState, ScanStatus};

use crate::plain::{Image, Plain};

/// A container in a list: where it stands, its image's name and digest, and when it ended.
pub type Row = (Place, String, ImageDigest, Option<Timestamp>);

impl Plain {
    pub fn containers(&self, asked: &Containers<'_>) -> Vec<Row> {
        let fits = |image: &Image, digest| names(image).any(|one| one == digest);
        let runs = self.runs.values().filter(|(run, until)| {
            let in_time = match asked.time {
                None => until.is_none(),
                Some(time) => run.since < time.until && until.is_none_or(|u| u > time.from),
            };
            let image = &self.images[&run.image];
            in_time
                && asked.host.is_none_or(|host| self.hosts[&run.host] == host)
                && asked.name.is_none_or(|name| run.container == name)
                && asked.image.is_none_or(|digest| fits(image, digest))
        });
        let mut rows: Vec<Row> = runs
            .map(|(run, until)| {
                let place = Place {
                    host: self.hosts[&run.host].clone(),
                    container: run.container.clone(),
                    since: run.since.as_millisecond(),
                    run: run.run,
                };
                let digest = self.images[&run.image].digest;
                (place, run.image_name.clone(), digest, *until)
            })
            .collect();
        rows.sort();
        rows
    }

    pub fn running_of_less_detail(&self, detail: u32) -> u64 {
        let is_less = |(number, image): &(&u32, &Image)| {
            let mut runs = self.runs.values();
            let runs = runs.any(|(run, until)| run.image == **number && until.is_none());
            let complete = image
                .sbom
                .as_ref()
                .filter(|sbom| sbom.status == Some(ScanStatus::Complete));
            runs && complete.is_some_and(|sbom| sbom.detail < detail)
        };
        self.images.iter().filter(is_less).count() as u64
    }

    pub fn images(&self, asked: &Images) -> Vec<u32> {
        let fit = self.images.iter().filter(|(number, image)| {
            let mut runs = self.runs.values();
            let runs = runs.any(|(run, until)| run.image == **number && until.is_none());
            let digests = asked.digests.as_ref();
            let is_quarantined = asked.quarantined.contains(number);
            asked
                .state
                .is_none_or(|state| state == state_of(image, is_quarantined))
                && asked.running.is_none_or(|running| running == runs)
                && digests.is_none_or(|range| names(image).any(|one| range.contains(&one)))
        });
        let mut images: Vec<_> = fit.map(|(number, image)| (image.digest, *number)).collect();
        images.sort_unstable();
        images.into_iter().map(|(_, number)| number).collect()
    }
}

fn names(image: &Image) -> impl Iterator<Item = ImageDigest> {
    std::iter::once(image.digest).chain(image.aliases.iter().copied())
}

fn state_of(image: &Image, is_quarantined: bool) -> ImageState {
    let status = image.sbom.as_ref().and_then(|sbom| sbom.status);
    match (status, is_quarantined) {
        (Some(ScanStatus::Complete), _) => ImageState::Complete,
        (_, true) => ImageState::Quarantined,
        (Some(ScanStatus::Partial), false) => ImageState::Partial,
        (None, false) => ImageState::Unscanned,
    }
}
