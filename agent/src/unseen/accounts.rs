//! The machine's users, as far as its own file lists them.

use std::collections::BTreeMap;

use super::machine::Machine;
use crate::passwd::Line;

/// How much of the list is read.
const MOST: u64 = 1 << 20;

/// The users by their numbers; of several who share one, the first.
#[derive(Debug, Default)]
pub(super) struct Accounts(BTreeMap<u32, Line>);

impl Accounts {
    /// Those of a machine.
    pub(super) fn of(machine: &Machine) -> Self {
        let list = machine.text("/etc/passwd", MOST).unwrap_or_default();
        let mut accounts = BTreeMap::new();
        for line in list.lines().filter_map(Line::read) {
            accounts.entry(line.uid).or_insert(line);
        }
        Self(accounts)
    }

    /// What a user is called: by their number where the list doesn't know them.
    pub(super) fn name(&self, uid: u32) -> String {
        let known = self.0.get(&uid);
        known.map_or_else(|| uid.to_string(), |line| line.name.clone())
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Line> {
        self.0.values()
    }
}
