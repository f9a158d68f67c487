//! The images of the fleet: their names, their digests, and what is in them.

use proto_types::{ImageDigest, ImageFacts, ScannedImage};

use super::{
    Fleet,
    bases::Base,
    projects::{Project, TAGS},
};
use crate::{
    catalog::{Item, project_name, team},
    chance::{Dice, draw},
};

impl Fleet {
    /// What is in an image, in order, each once.
    #[must_use]
    pub fn items(&self, image: u32) -> Vec<Item> {
        let (project, tag) = (image / TAGS, image % TAGS);
        let mut items = Vec::with_capacity(1_024);
        self.base(image)
            .items(&self.catalog, self.shape.seed, project, &mut items);
        Project::new(self.shape.seed, project).items(tag, &mut items);
        items.sort_unstable();
        items.dedup();
        items
    }

    /// What a scan of an image finds.
    #[must_use]
    pub fn scan(&self, image: u32) -> ScannedImage {
        let suite = self.base(image).suite();
        let purls = self.shape.purls;
        let items = self.items(image).into_iter();
        ScannedImage {
            digest: self.digest(image),
            distro: suite.distro.to_owned(),
            distro_version: suite.version.to_owned(),
            facts: ImageFacts {
                distro_codename: (!suite.codename.is_empty()).then(|| suite.codename.to_owned()),
                architecture: Some("amd64".to_owned()),
                size_bytes: Some(50_000_000 + draw(&[40, u64::from(image)]) % 900_000_000),
                ..ImageFacts::default()
            },
            artifacts: items
                .map(|item| self.catalog.artifact(item, purls))
                .collect(),
        }
    }

    /// The digest of an image: as good as chance.
    #[must_use]
    pub fn digest(&self, image: u32) -> ImageDigest {
        let mut dice = Dice::of(&[41, self.shape.seed, u64::from(image)]);
        let mut bytes = [0; 32];
        for eight in bytes.chunks_exact_mut(8) {
            eight.copy_from_slice(&dice.roll().to_le_bytes());
        }
        ImageDigest::from_bytes(bytes)
    }

    /// The name that an image is started by.
    #[must_use]
    pub fn image_name(&self, image: u32) -> String {
        let (project, tag) = (image / TAGS, image % TAGS);
        format!(
            "registry.example.org/{}/{}:v{}",
            team(project),
            project_name(project),
            tag + 1
        )
    }

    /// The distribution of an image and its version.
    #[must_use]
    pub fn distro(&self, image: u32) -> (&'static str, &'static str) {
        let suite = self.base(image).suite();
        (suite.distro, suite.version)
    }

    fn base(&self, image: u32) -> Base {
        Base::of(
            self.shape.seed,
            self.shape.bases,
            image / TAGS,
            image % TAGS,
        )
    }
}
