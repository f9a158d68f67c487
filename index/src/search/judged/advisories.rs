//! The advisories of a question, in the order of its answer.

use std::collections::BTreeMap;

use model::{
    advisory::{Advisory, Ecosystem},
    verdict::{Distro, may_speak},
};

/// Advisories by id, each once.
#[derive(Debug, Default)]
pub struct Advisories {
    list: Vec<Advisory>,
    /// What they speak of that belongs to releases of distributions, each once.
    ecosystems: Vec<Ecosystem>,
}

impl Advisories {
    /// Puts advisories in order. Of those with one id, the one that was changed last counts, and of
    /// those that are as new, the last.
    #[must_use]
    pub fn new(all: impl IntoIterator<Item = Advisory>) -> Self {
        let mut by_id: BTreeMap<String, Advisory> = BTreeMap::new();
        for one in all {
            match by_id.get_mut(&one.id) {
                Some(known) if known.modified > one.modified => {}
                Some(known) => *known = one,
                None => drop(by_id.insert(one.id.clone(), one)),
            }
        }
        let list: Vec<Advisory> = by_id.into_values().collect();
        Self {
            ecosystems: ecosystems(&list),
            list,
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One of them, by its place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Advisory> {
        self.list.get(place)
    }

    /// The place of the first whose id isn't before this one.
    #[must_use]
    pub fn place_of(&self, id: &str) -> usize {
        self.list.partition_point(|one| one.id.as_str() < id)
    }

    /// Whether any speaks of a distribution's packages.
    pub(super) const fn speak_of_distributions(&self) -> bool {
        !self.ecosystems.is_empty()
    }

    /// Whether any speaks of this distribution, or may.
    pub(super) fn speak_of(&self, distro: Distro<'_>) -> bool {
        self.ecosystems.iter().any(|one| may_speak(one, distro))
    }
}

/// The ecosystems that are distributions', each once. A record that was withdrawn says nothing.
fn ecosystems(list: &[Advisory]) -> Vec<Ecosystem> {
    let valid = list.iter().filter(|one| one.withdrawn.is_none());
    let named = valid
        .flat_map(|one| &one.affected)
        .map(|one| &one.ecosystem);
    let of_distributions = named.filter(|one| one.family().is_some_and(|of| of.is_distribution()));
    let once: BTreeMap<&str, &Ecosystem> =
        of_distributions.map(|one| (one.as_str(), one)).collect();
    once.into_values().cloned().collect()
}
