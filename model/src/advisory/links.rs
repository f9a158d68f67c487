//! Links: which records speak of a vulnerability, by whatever id it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Advisory,
    ties::{Ties, ties},
};

/// The ids of a set of records, and how they hang together.
///
/// Aliases hold in both directions and from one to the next. What is upstream leads down: a record
/// speaks of what is upstream of it, and of what is upstream of that.
#[derive(Debug, Default)]
pub struct Links {
    /// Of each id, the others of the same vulnerability.
    same: BTreeMap<String, BTreeSet<String>>,
    /// Of each id, the records that come from it.
    below: BTreeMap<String, BTreeSet<String>>,
    records: BTreeSet<String>,
}

impl Links {
    /// Adds a record.
    pub fn add(&mut self, advisory: &Advisory) {
        self.records.insert(advisory.id.clone());
        let Ties { same, below } = ties(advisory);
        for (one, other) in same {
            insert(&mut self.same, one, other);
            insert(&mut self.same, other, one);
        }
        for (from, to) in below {
            insert(&mut self.below, from, to);
        }
    }

    /// The ids of the records that speak of this vulnerability, in order; none where none does.
    #[must_use]
    pub fn speaking_of<'a>(&'a self, id: &'a str) -> BTreeSet<&'a str> {
        let mut met = BTreeSet::from([id]);
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            let next = [self.same.get(id), self.below.get(id)];
            for id in next.into_iter().flatten().flatten() {
                if met.insert(id) {
                    waiting.push(id);
                }
            }
        }
        met.retain(|id| self.records.contains(*id));
        met
    }
}

fn insert(links: &mut BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) {
    let of_one = links.entry(from.to_owned()).or_default();
    of_one.insert(to.to_owned());
}
