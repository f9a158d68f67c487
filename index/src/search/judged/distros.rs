//! The distributions of images, by numbers that a question gives them.

use std::{collections::HashMap, sync::Arc};

use model::verdict::Distro;

use crate::search::look::Search;

/// Stands where a distribution was not met.
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
    /// By the index's number of each, which is kept since the distribution is.
    of_index: Vec<u32>,
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
    #[inline]
    pub fn of(&mut self, search: &Search<'_>, image: u32) -> Option<u32> {
        let number = search.scope.distro_number(image);
        let known = number.and_then(|number| self.of_index.get(number as usize));
        if let Some(known) = known.copied().filter(|one| *one != UNKNOWN) {
            return Some(known);
        }
        let named = self.numbered.number(search.scope.distro(image)?);
        if let Some(number) = number {
            let place = number as usize;
            if place >= self.of_index.len() {
                self.of_index.resize(place + 1, UNKNOWN);
            }
            if let Some(slot) = self.of_index.get_mut(place) {
                *slot = named;
            }
        }
        Some(named)
    }

    /// The number of a distribution.
    pub fn number(&mut self, distro: &Arc<(String, String)>) -> u32 {
        self.numbered.number(distro)
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
