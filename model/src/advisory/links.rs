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
    /// Of each id, the others of the same vulnerability, and those that come from it.
    next: BTreeMap<String, BTreeSet<String>>,
    records: BTreeSet<String>,
}

impl Links {
    /// Adds a record.
    pub fn add(&mut self, advisory: &Advisory) {
        self.records.insert(advisory.id.clone());
        for (from, to) in leads(advisory) {
            let next = self.next.entry(from.to_owned()).or_default();
            next.insert(to.to_owned());
        }
    }

    /// The ids of the records that speak of this vulnerability, in order; none where none does.
    #[must_use]
    pub fn speaking_of<'a>(&'a self, id: &'a str) -> BTreeSet<&'a str> {
        let mut met = BTreeSet::from([id]);
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            for id in self.next.get(id).into_iter().flatten() {
                if met.insert(id) {
                    waiting.push(id);
                }
            }
        }
        met.retain(|id| self.records.contains(*id));
        met
    }
}

/// Where a record leads: from an id to another one, which is of the same vulnerability or comes from it. What speaks of
/// an id is found by following these.
#[must_use]
pub fn leads(advisory: &Advisory) -> Vec<(&str, &str)> {
    let Ties { same, below } = ties(advisory);
    let back = same.iter().map(|(one, other)| (*other, *one));
    let mut leads: Vec<_> = below.into_iter().chain(back).collect();
    leads.extend(&same);
    leads
}
