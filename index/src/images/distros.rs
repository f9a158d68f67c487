//! The distributions of images, each once and by number, and which is whose: to go from an image to its sets takes time.

use std::{collections::HashMap, sync::Arc};

/// A distribution and its version.
pub type Distro = Arc<(String, String)>;

/// Stands for none.
pub const NONE: u32 = u32::MAX;

/// All of them.
#[derive(Debug, Default)]
pub struct Distros {
    numbers: HashMap<Distro, u32>,
    /// By number; those that were let go of are free.
    named: Vec<Option<Distro>>,
    free: Vec<u32>,
    /// By image, that of its last set.
    of_images: Vec<u32>,
}

impl Distros {
    /// A distribution, which images share.
    pub fn intern(&mut self, name: &str, version: &str) -> Distro {
        let distro = (name.to_owned(), version.to_owned());
        if let Some((known, _)) = self.numbers.get_key_value(&distro) {
            return Arc::clone(known);
        }
        let distro = Arc::new(distro);
        let number = self.free.pop().unwrap_or_else(|| {
            self.named.push(None);
            self.named.len() as u32 - 1
        });
        if let Some(slot) = self.named.get_mut(number as usize) {
            *slot = Some(Arc::clone(&distro));
        }
        self.numbers.insert(Arc::clone(&distro), number);
        distro
    }

    /// Notes which is an image's now, where any is.
    pub fn note(&mut self, image: u32, distro: Option<&Distro>) {
        let place = image as usize;
        if place >= self.of_images.len() {
            self.of_images.resize(place + 1, NONE);
        }
        let number = distro.and_then(|distro| self.numbers.get(distro));
        if let Some(slot) = self.of_images.get_mut(place) {
            *slot = number.copied().unwrap_or(NONE);
        }
    }

    /// The number of that of an image's last set.
    #[inline]
    pub fn of_image(&self, image: u32) -> u32 {
        self.of_images.get(image as usize).copied().unwrap_or(NONE)
    }

    /// A distribution by number.
    #[inline]
    pub fn get(&self, number: u32) -> Option<&Distro> {
        self.named.get(number as usize)?.as_ref()
    }

    /// Lets go of those that nothing is of any more. Whoever keeps one by its number keeps the distribution too.
    pub fn forget(&mut self) {
        let Self {
            numbers,
            named,
            free,
            ..
        } = self;
        numbers.retain(|distro, number| {
            // One is here, and one by the number.
            let is_used = Arc::strong_count(distro) > 2;
            if !is_used {
                free.push(*number);
                if let Some(slot) = named.get_mut(*number as usize) {
                    *slot = None;
                }
            }
            is_used
        });
    }

    /// What takes memory, in bytes.
    pub fn size(&self) -> usize {
        self.of_images.capacity() * size_of::<u32>()
    }
}
