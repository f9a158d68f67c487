//! The distributions of images, by numbers that a question gives them.

use std::{collections::HashMap, sync::Arc};

use model::verdict::Distro;

use crate::search::look::Search;

/// Stands where an image was not looked at.
const UNKNOWN: u32 = u32::MAX;

/// Distributions by number.
#[derive(Default)]
pub struct Numbered {
    known: Vec<Arc<(String, String)>>,
    numbers: HashMap<Arc<(String, String)>, u32>,
}

/// Distributions that were met.
#[derive(Default)]
pub struct Distros {
    numbered: Numbered,
    /// By image.
    of_images: Vec<u32>,
}

impl Numbered {
    /// The number of a distribution, which gets one where it is new.
    pub fn number(&mut self, distro: &Arc<(String, String)>) -> u32 {
        if let Some(number) = self.numbers.get(distro) {
            return *number;
        }
        let number = self.known.len() as u32;
        self.known.push(Arc::clone(distro));
        self.numbers.insert(Arc::clone(distro), number);
        number
    }

    /// A distribution by number; none where there is no such number.
    pub fn get(&self, number: u32) -> Distro<'_> {
        let known = self.known.get(number as usize);
        known.map_or(Distro::default(), |known| named(known))
    }
}

impl Distros {
    /// The distribution of an image that counts.
    pub fn of(&mut self, search: &Search<'_>, image: u32) -> Option<u32> {
        let place = image as usize;
        if let Some(known) = self.of_images.get(place).filter(|one| **one != UNKNOWN) {
            return Some(*known);
        }
        let number = self.numbered.number(&search.scope.set(image)?.distro);
        if place >= self.of_images.len() {
            self.of_images.resize(place + 1, UNKNOWN);
        }
        if let Some(slot) = self.of_images.get_mut(place) {
            *slot = number;
        }
        Some(number)
    }

    /// A distribution by number.
    pub fn get(&self, number: u32) -> Distro<'_> {
        self.numbered.get(number)
    }
}

/// A distribution as verdicts have it.
pub fn named(distro: &(String, String)) -> Distro<'_> {
    Distro {
        id: &distro.0,
        version: &distro.1,
    }
}
