//! The names of what fits, in order, and of each the artifacts that fit.

use super::fitting::{Fitting, held_by};
use crate::{artifacts::Artifacts, bits::Bits};

/// So many names are sorted for a question; of more, the order of all names is walked along.
const SORTED: usize = 1000;

/// Of so many artifacts that fit, those of each name are put side by side; where more fit, all that
/// have a name are looked at.
const SIDE_BY_SIDE: usize = 100_000;

/// The names of the artifacts that fit.
pub struct Names {
    order: Order,
    /// Each name with each of its artifacts that fit, where they are few.
    pairs: Option<Vec<(u32, u32)>>,
}

enum Order {
    /// Those of all artifacts.
    All,
    /// These, in order.
    Sorted(Vec<u32>),
    /// These of all.
    Marked(Bits),
}

impl Names {
    /// The names of what fits.
    pub fn of(artifacts: &Artifacts, fitting: &Fitting) -> Self {
        let pair = |artifact: u32| (artifacts.name(artifact), artifact);
        let mut pairs: Vec<(u32, u32)> = match fitting {
            Fitting::All => {
                return Self {
                    order: Order::All,
                    pairs: None,
                };
            }
            Fitting::These(list) if list.len() > SIDE_BY_SIDE => {
                let names = list.iter().map(|one| artifacts.name(*one));
                return Self {
                    order: Order::of(artifacts, names.collect()),
                    pairs: None,
                };
            }
            Fitting::These(list) => list.iter().map(|one| pair(*one)).collect(),
            Fitting::Held(pairs) => pairs.iter().map(|(one, _)| pair(*one)).collect(),
        };
        pairs.sort_unstable();
        pairs.dedup();
        let names = pairs.iter().map(|(name, _)| *name);
        Self {
            order: Order::of(artifacts, names.collect()),
            pairs: Some(pairs),
        }
    }

    /// The names in order, from a text on.
    pub fn from<'n>(
        &'n self,
        artifacts: &'n Artifacts,
        first: Option<&str>,
    ) -> Box<dyn Iterator<Item = u32> + 'n> {
        match &self.order {
            Order::All => Box::new(artifacts.names(first)),
            Order::Marked(marked) => {
                let all = artifacts.names(first);
                Box::new(all.filter(|name| marked.contains(*name)))
            }
            Order::Sorted(names) => {
                let texts = artifacts.texts();
                let before = |name: &u32| first.is_some_and(|first| texts.get(*name) < first);
                let from = names.partition_point(before);
                Box::new(names.iter().skip(from).copied())
            }
        }
    }

    /// The artifacts of a name that fit, by type, version (newest first) and number.
    pub fn artifacts(&self, artifacts: &Artifacts, fitting: &Fitting, name: u32) -> Vec<u32> {
        match &self.pairs {
            Some(pairs) => {
                let of_name = held_by(pairs, name);
                let fit = of_name.iter().map(|(_, artifact)| *artifact);
                in_order(artifacts, name, fit, |one| {
                    of_name.binary_search(&(name, one)).is_ok()
                })
            }
            None => {
                let fits = |one: u32| fitting.contains(one);
                let of_name = artifacts.of_name(name).iter().copied();
                in_order(artifacts, name, of_name.filter(|one| fits(*one)), fits)
            }
        }
    }
}

impl Order {
    fn of(artifacts: &Artifacts, marked: Bits) -> Self {
        if marked.len() > SORTED {
            return Self::Marked(marked);
        }
        let texts = artifacts.texts();
        let mut names: Vec<u32> = marked.iter().collect();
        names.sort_unstable_by_key(|name| texts.get(*name));
        Self::Sorted(names)
    }
}

/// Those artifacts of a name that fit, in order.
fn in_order(
    artifacts: &Artifacts,
    name: u32,
    mut found: impl Iterator<Item = u32>,
    fits: impl Fn(u32) -> bool,
) -> Vec<u32> {
    match (found.next(), found.next()) {
        // To put one in order, no versions need to be compared.
        (Some(one), None) => vec![one],
        (None, _) => Vec::new(),
        _ => {
            let order = artifacts.in_order(name).iter().copied();
            order.filter(|one| fits(*one)).collect()
        }
    }
}
