//! What is left out, counted, with the first ones by name.

use proto_types::{LeftOut, LeftOutItem};

use super::names::short;

/// So many are named.
const NAMED: usize = 20;

/// What was left out so far.
#[derive(Debug, Default)]
pub(super) struct Pile {
    count: u64,
    named: Vec<LeftOutItem>,
}

impl Pile {
    /// Leaves a thing of this name out.
    pub(super) fn add(&mut self, name: &str, reason: String) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(LeftOutItem {
                name: short(name),
                reason,
            });
        }
    }

    /// Whether there is any of it.
    pub(super) const fn is_any(&self) -> bool {
        self.count > 0
    }

    /// All of it as an answer says it; none where nothing was left out.
    pub(super) fn told(self) -> Option<LeftOut> {
        self.is_any().then_some(LeftOut {
            count: self.count,
            items: self.named,
        })
    }

    /// All of it in a line, where `one` and `many` are what the things are called; none where
    /// nothing was left out.
    pub(super) fn in_words(&self, one: &str, many: &str) -> Option<String> {
        let LeftOutItem { name, reason } = self.named.first()?;
        Some(match self.count {
            1 => format!("1 {one} left out, `{name}`: {reason}"),
            count => format!("{count} {many} left out, such as `{name}`: {reason}"),
        })
    }
}
