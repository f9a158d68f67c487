//! The names of what fits, in order, and of each the artifacts that fit.

use super::fitting::Fitting;
use crate::{artifacts::Artifacts, bits::Bits};

/// So many names are sorted for a question; of more, the order of all names is walked along.
const SORTED: usize = 1000;

/// The names of the artifacts that fit.
pub enum Names {
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
        let name = |artifact: u32| artifacts.name(artifact);
        let marked: Bits = match fitting {
            Fitting::All => return Self::All,
            Fitting::These(list) => list.iter().map(|one| name(*one)).collect(),
            Fitting::Held(pairs) => pairs.iter().map(|(one, _)| name(*one)).collect(),
        };
        if marked.len() > SORTED {
            return Self::Marked(marked);
        }
        let texts = artifacts.texts();
        let mut names: Vec<u32> = marked.iter().collect();
        names.sort_unstable_by_key(|name| texts.get(*name));
        Self::Sorted(names)
    }

    /// The names in order, from a text on.
    pub fn from<'n>(
        &'n self,
        artifacts: &'n Artifacts,
        first: Option<&str>,
    ) -> Box<dyn Iterator<Item = u32> + 'n> {
        match self {
            Self::All => Box::new(artifacts.names(first)),
            Self::Marked(marked) => {
                let all = artifacts.names(first);
                Box::new(all.filter(|name| marked.contains(*name)))
            }
            Self::Sorted(names) => {
                let texts = artifacts.texts();
                let before = |name: &u32| first.is_some_and(|first| texts.get(*name) < first);
                let from = names.partition_point(before);
                Box::new(names.iter().skip(from).copied())
            }
        }
    }
}

/// The artifacts of a name that fit, by type, version (newest first) and number.
pub fn artifacts(artifacts: &Artifacts, fitting: &Fitting, name: u32) -> Vec<u32> {
    let fits = |one: &u32| fitting.contains(*one);
    let mut found = artifacts.of_name(name).iter().copied().filter(fits);
    match (found.next(), found.next()) {
        // To put one in order, no versions need to be compared.
        (Some(one), None) => vec![one],
        (None, _) => Vec::new(),
        _ => {
            let order = artifacts.in_order(name).iter().copied();
            order.filter(fits).collect()
        }
    }
}
