//! Images by the digests that name them: of each digest only a hash, for the images know the rest.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use proto_types::ImageDigest;

/// The images of digests.
#[derive(Debug, Default)]
pub struct Named {
    /// The hash of a digest in two halves, and an image that it names.
    images: HashTable<([u32; 2], u32)>,
    /// Digests are as good as chance, but come from hosts.
    hasher: DefaultHashBuilder,
}

impl Named {
    /// Adds an image that a digest names, which it didn't before.
    pub fn add(&mut self, digest: ImageDigest, image: u32) {
        let hash = self.hasher.hash_one(digest);
        let entry = (split(hash), image);
        self.images
            .insert_unique(hash, entry, |(halves, _)| joined(*halves));
    }

    /// Takes an image away that a digest named.
    pub fn remove(&mut self, digest: ImageDigest, image: u32) {
        let hash = self.hasher.hash_one(digest);
        let entry = (split(hash), image);
        if let Ok(found) = self.images.find_entry(hash, |one| *one == entry) {
            found.remove();
        }
    }

    /// The images that a digest may name; among them are all that it does.
    pub fn get(&self, digest: ImageDigest) -> impl Iterator<Item = u32> + '_ {
        let hash = self.hasher.hash_one(digest);
        let found = self.images.iter_hash(hash);
        found
            .filter(move |(halves, _)| joined(*halves) == hash)
            .map(|(_, image)| *image)
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.images.allocation_size()
    }
}

const fn split(hash: u64) -> [u32; 2] {
    [hash as u32, (hash >> 32) as u32]
}

const fn joined([low, high]: [u32; 2]) -> u64 {
    low as u64 | (high as u64) << 32
}
