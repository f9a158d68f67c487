//! Counting what was read and what was skipped.

use std::collections::BTreeMap;

use model::advisory::Advisory;

use crate::{Reason, Skipped};

/// What came of an input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Records that were read.
    pub records: u64,
    /// Those of them that were withdrawn.
    pub withdrawn: u64,
    /// Packages that they speak of.
    pub packages: u64,
    /// Packages by the family of their ecosystem, under its name in the schema.
    pub families: BTreeMap<&'static str, u64>,
    /// How often something was skipped for each reason, and what it was first.
    pub skipped: BTreeMap<Reason, (u64, Skipped)>,
}

impl Tally {
    /// Counts a record that was read.
    pub fn read(&mut self, advisory: &Advisory) {
        self.records += 1;
        self.withdrawn += u64::from(advisory.withdrawn.is_some());
        self.packages += advisory.affected.len() as u64;
        for family in advisory
            .affected
            .iter()
            .filter_map(|one| one.ecosystem.family())
        {
            *self.families.entry(family.name()).or_default() += 1;
        }
    }

    /// Counts something that was skipped.
    pub fn skip(&mut self, skipped: Skipped) {
        let (count, _) = self
            .skipped
            .entry(skipped.reason)
            .or_insert_with(|| (0, skipped));
        *count += 1;
    }
}
