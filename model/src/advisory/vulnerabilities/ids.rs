//! Ids by numbers, and which of them are one vulnerability.

use std::collections::HashMap;

use crate::advisory::record::is_cve;

/// Ids, by numbers from 0 in the order in which they were met.
#[derive(Default)]
pub(super) struct Ids<'a> {
    numbers: HashMap<&'a str, u32>,
    ids: Vec<&'a str>,
    /// Of each one, another one of the same vulnerability that was met earlier, or itself.
    same: Vec<u32>,
}

impl<'a> Ids<'a> {
    /// The number of an id.
    pub(super) fn number(&mut self, id: &'a str) -> u32 {
        let next = self.ids.len() as u32;
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.ids.push(id);
            self.same.push(next);
        }
        number
    }

    /// Makes two ids one vulnerability.
    pub(super) fn join(&mut self, one: &'a str, other: &'a str) {
        let (one, other) = (self.number(one), self.number(other));
        let (one, other) = (self.first(one), self.first(other));
        self.same[one.max(other) as usize] = one.min(other);
    }

    /// The number of the first id of the same vulnerability.
    pub(super) fn first(&mut self, mut number: u32) -> u32 {
        loop {
            let same = self.same[number as usize];
            if same == number {
                return number;
            }
            // Halves the way of whoever comes along here again.
            self.same[number as usize] = self.same[same as usize];
            number = same;
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Each vulnerability, by the number of its first id, rising, and an id of it: a CVE's, where it has one.
    pub(super) fn called(&mut self) -> Vec<(u32, &'a str)> {
        let mut called: Vec<Option<&'a str>> = vec![None; self.ids.len()];
        for number in 0..self.ids.len() as u32 {
            let first = self.first(number) as usize;
            let id = self.ids[number as usize];
            let is_better = |known: &str| is_cve(id) && !is_cve(known);
            if called[first].is_none_or(is_better) {
                called[first] = Some(id);
            }
        }
        let called = (0_u32..).zip(called);
        called
            .filter_map(|(number, id)| Some((number, id?)))
            .collect()
    }
}
