//! Groups as they are answered, a page at a time.

use model::tally::Counts;
use proto_types::Group;

/// One page of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Groups {
    /// The groups.
    pub groups: Vec<Group>,
    /// How many there are in all.
    pub total: u64,
}

/// Which groups are on a page.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Those before it.
    pub skip: usize,
    /// At most so many.
    pub limit: usize,
}

impl Window {
    /// What is on the page of all there is.
    pub fn of<T>(self, all: &[T]) -> &[T] {
        let end = self.skip.saturating_add(self.limit).min(all.len());
        all.get(self.skip.min(end)..end).unwrap_or_default()
    }
}

/// A group as it is answered.
pub const fn group(key: String, label: Option<String>, counts: Counts) -> Group {
    Group {
        key,
        label,
        artifacts: counts.artifacts,
        images: counts.images,
        containers: counts.containers,
        hosts: counts.hosts,
    }
}
