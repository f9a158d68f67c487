//! Vulnerabilities: which records of a set speak of the same one, by the ties between them.

mod ids;

use std::collections::BTreeSet;

use super::{
    Advisory,
    ties::{Ties, ties},
};
use ids::Ids;

/// The vulnerabilities that a set of records is about. A record of several speaks of each of them, one that
/// was withdrawn of none.
///
/// Where one comes from another, a record of it speaks of that too. Only those that come from no other
/// are told apart here, by numbers from 0.
#[derive(Debug, Default)]
pub struct Vulnerabilities {
    /// Of each record, by its place, the node that it is.
    records: Vec<Option<u32>>,
    /// Of each node those that it comes from, and those that come from it.
    above: Vec<Vec<u32>>,
    below: Vec<Vec<u32>>,
    /// The nodes that come from no other, and an id of each.
    firsts: Vec<(u32, String)>,
}

impl Vulnerabilities {
    /// Those of records, which are known by their places from here on.
    #[must_use]
    pub fn of(records: &[Advisory]) -> Self {
        let mut ids = Ids::default();
        let (mut links, mut own) = (Vec::new(), Vec::with_capacity(records.len()));
        for record in records {
            let is_valid = record.withdrawn.is_none();
            own.push(is_valid.then(|| ids.number(&record.id)));
            if !is_valid {
                continue;
            }
            let Ties { same, below } = ties(record);
            for (one, other) in same {
                ids.join(one, other);
            }
            for (from, to) in below {
                links.push((ids.number(from), ids.number(to)));
            }
        }
        let mut all = Self {
            records: own
                .into_iter()
                .map(|id| id.map(|id| ids.first(id)))
                .collect(),
            above: vec![Vec::new(); ids.len()],
            below: vec![Vec::new(); ids.len()],
            firsts: Vec::new(),
        };
        for (from, to) in links {
            all.link(ids.first(from), ids.first(to));
        }
        all.find_firsts(&ids.called());
        all
    }

    /// Those that were asked about by an id each, of which it is known already which records speak, by their ids.
    #[must_use]
    pub fn asked(records: &[Advisory], asked: &[(String, BTreeSet<String>)]) -> Self {
        let (of_records, count) = (records.len() as u32, records.len() + asked.len());
        let numbered = (0..).zip(records);
        let own = numbered.map(|(node, record)| record.withdrawn.is_none().then_some(node));
        let mut all = Self {
            records: own.collect(),
            above: vec![Vec::new(); count],
            below: vec![Vec::new(); count],
            firsts: Vec::new(),
        };
        for (node, (id, speaking)) in (of_records..).zip(asked) {
            all.firsts.push((node, id.clone()));
            for (place, record) in (0..).zip(records) {
                if speaking.contains(&record.id) {
                    all.link(node, place);
                }
            }
        }
        all
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.firsts.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.firsts.is_empty()
    }

    /// An id of one: a CVE's, where it has one.
    #[must_use]
    pub fn id(&self, number: usize) -> &str {
        self.firsts.get(number).map_or("", |(_, id)| id)
    }

    /// Of each, whether any of these records speaks of it.
    #[must_use]
    pub fn spoken_of(&self, by: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.above.len()];
        for (place, node) in self.records.iter().enumerate() {
            if let Some(node) = node.filter(|_| by(place)) {
                spread(&self.above, node, &mut reached);
            }
        }
        let firsts = self.firsts.iter();
        firsts.map(|(node, _)| reached[*node as usize]).collect()
    }

    /// Of each record, whether it speaks of any of these.
    #[must_use]
    pub fn speaking_of(&self, any: impl Fn(usize) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.below.len()];
        for (number, (node, _)) in self.firsts.iter().enumerate() {
            if any(number) {
                spread(&self.below, *node, &mut reached);
            }
        }
        let is_reached = |node: u32| reached[node as usize];
        let records = self.records.iter();
        records.map(|node| node.is_some_and(is_reached)).collect()
    }

    fn link(&mut self, from: u32, to: u32) {
        if from != to {
            self.above[to as usize].push(from);
            self.below[from as usize].push(to);
        }
    }

    /// Finds the nodes that come from no other, and where they go round in a circle one of it.
    fn find_firsts(&mut self, called: &[(u32, &str)]) {
        let mut reached = vec![false; self.below.len()];
        let (ends, others): (Vec<_>, Vec<_>) = called
            .iter()
            .partition(|(node, _)| self.above[*node as usize].is_empty());
        for (node, id) in ends.into_iter().chain(others) {
            if !reached[node as usize] {
                spread(&self.below, node, &mut reached);
                self.firsts.push((node, id.to_owned()));
            }
        }
    }
}

/// Marks a node, and all that lead on from it.
fn spread(links: &[Vec<u32>], from: u32, reached: &mut [bool]) {
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        if !std::mem::replace(&mut reached[node as usize], true) {
            waiting.extend(&links[node as usize]);
        }
    }
}
