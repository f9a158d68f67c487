//! Links: which records speak of a vulnerability, by whatever id it is asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Advisory, record::is_cve};

/// The ids of a set of records, and how they hang together.
///
/// Aliases hold in both directions and from one to the next. What is upstream leads down: a record
/// speaks of what is upstream of it, and of what is upstream of that. An erratum may fix several
/// vulnerabilities, so it speaks of each and makes no two of them one, whatever it calls them.
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
        let is_erratum = advisory.is_erratum();
        self.records.insert(advisory.id.clone());
        for alias in &advisory.aliases {
            if is_erratum {
                insert(&mut self.below, alias, &advisory.id);
            } else {
                insert(&mut self.same, alias, &advisory.id);
                insert(&mut self.same, &advisory.id, alias);
            }
        }
        let related = advisory.related.iter();
        let fixes = related.filter(|id| is_erratum && is_cve(id));
        for upstream in advisory.upstream.iter().chain(fixes) {
            insert(&mut self.below, upstream, &advisory.id);
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
    if from != to {
        links
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }
}
