//! Which artifacts an advisory may mean: those that have a key in common with it.

use model::advisory::{Advisory, keys};

use crate::artifacts::Artifacts;

/// The artifacts that an advisory may mean, rising; among them are all that it does.
pub fn meant(artifacts: &Artifacts, advisory: &Advisory) -> Vec<u32> {
    let mut found = Vec::new();
    for key in keys(advisory) {
        artifacts.each_of_key(&key.name, |artifact| found.push(artifact));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The same by their names, in order: each name with those that have it, rising.
pub fn by_name(artifacts: &Artifacts, meant: &[u32]) -> Vec<(u32, Vec<u32>)> {
    let mut pairs: Vec<(u32, u32)> = meant
        .iter()
        .map(|artifact| (artifacts.name(*artifact), *artifact))
        .collect();
    pairs.sort_unstable();
    let of_one = pairs.chunk_by(|(one, _), (other, _)| one == other);
    let mut names: Vec<(u32, Vec<u32>)> = of_one
        .filter_map(|of_one| {
            let numbers = of_one.iter().map(|(_, artifact)| *artifact);
            Some((of_one.first()?.0, numbers.collect()))
        })
        .collect();
    let texts = artifacts.texts();
    names.sort_unstable_by_key(|(name, _)| texts.get(*name));
    names
}
