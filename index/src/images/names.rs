//! What names images: their own digests, and those of the manifests that registries have them under.

use proto_types::ImageDigest;

use super::{Image, Images, known};
use crate::{change::Seq, unfit::Unfit};

impl Images {
    /// The images that a digest names, whenever that became known.
    pub fn named(&self, digest: ImageDigest) -> impl Iterator<Item = u32> + '_ {
        let named = self.named.get(digest);
        named.filter(move |number| {
            let mut names = self.get(*number).into_iter().flat_map(Image::names);
            names.any(|name| name == digest)
        })
    }

    /// The images that a digest named as of a commit.
    pub fn named_at(&self, digest: ImageDigest, pin: Seq) -> Vec<u32> {
        let is_named = |number: &u32| {
            self.get(*number).is_some_and(|image| {
                let mut aliases = image.aliases.iter();
                image.digest == digest
                    || aliases.any(|(since, alias)| *since <= pin && *alias == digest)
            })
        };
        self.named(digest).filter(is_named).collect()
    }

    /// Adds manifest digests that name an image.
    pub fn alias(&mut self, number: u32, seq: Seq, aliases: &[ImageDigest]) -> Result<(), Unfit> {
        let image = known(&mut self.images, number)?;
        for alias in aliases {
            if image.aliases.iter().all(|(_, known)| known != alias) {
                image.aliases.push((seq, *alias));
                if *alias != image.digest {
                    self.named.add(*alias, number);
                }
            }
        }
        Ok(())
    }

    /// Says that what was known of an image was withdrawn, and what named it in registries with it.
    pub fn withdraw(&mut self, number: u32) -> Result<(), Unfit> {
        let image = known(&mut self.images, number)?;
        let own = image.digest;
        for (_, alias) in std::mem::take(&mut image.aliases) {
            if alias != own {
                self.named.remove(alias, number);
            }
        }
        self.note_withdrawn(number);
        Ok(())
    }
}
