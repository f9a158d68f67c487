//! What is kept between two questions.

use std::{cmp::Reverse, collections::HashSet};

use index::{Extent, Join, Reach};

use crate::store::sqlite::feeds::Version;

/// The verdicts, and the last answer that was counted by them.
#[derive(Default)]
pub struct Kept {
    version: Version,
    /// The verdicts of what was imported as of that version.
    pub join: Join,
    /// Those of them that are about something that is known to be exploited, by feed and id.
    pub exploited: HashSet<(i64, Box<str>)>,
    /// The last answer.
    pub answer: Option<Answer>,
}

/// What was counted for a commit.
pub struct Answer {
    seq: i64,
    /// The advisories in the order of the list.
    pub rows: Vec<Counted>,
}

/// An advisory, and how much it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The number of the feed that has it.
    pub feed: i64,
    /// Its id.
    pub id: Box<str>,
    /// Whether it is about something that is known to be exploited.
    pub is_exploited: bool,
    /// Whether a version is known that fixes something.
    pub has_fix: bool,
    /// What is affected.
    pub affected: Extent,
    /// Of what it isn't known.
    pub unknown: Extent,
}

/// Where a row stands in the list.
pub type Place<'r> = (bool, bool, Reverse<u64>, Reverse<u64>, &'r str);

impl Kept {
    /// Begins anew where other advisories are imported now.
    pub fn begin(&mut self, version: Version) {
        if self.version != version {
            *self = Self {
                version,
                ..Self::default()
            };
        }
    }

    /// Whether the answer is that of a commit.
    pub fn is_of(&self, seq: i64) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.seq == seq)
    }
}

impl Answer {
    /// That of a commit.
    pub fn new<'j>(
        seq: i64,
        reaches: impl Iterator<Item = Reach<'j>>,
        exploited: &HashSet<(i64, Box<str>)>,
    ) -> Self {
        let mut rows: Vec<Counted> = reaches
            .map(|one| Counted {
                feed: one.feed,
                id: one.id.into(),
                is_exploited: exploited.contains(&(one.feed, one.id.into())),
                has_fix: one.has_fix,
                affected: one.affected,
                unknown: one.unknown,
            })
            .collect();
        rows.sort_unstable_by(|a, b| a.place().cmp(&b.place()));
        Self { seq, rows }
    }

    /// How many of the last advisories affect nothing for sure.
    pub fn only_unknown(&self) -> usize {
        let affecting = self.rows.partition_point(|one| one.affected.hosts > 0);
        self.rows.len() - affecting
    }
}

impl Counted {
    /// Where it stands in the list: what is known to affect something, of that what is exploited, and of that what affects
    /// the most hosts comes first.
    pub fn place(&self) -> Place<'_> {
        let (affected, unknown) = (self.affected.hosts, self.unknown.hosts);
        let hosts = (Reverse(affected), Reverse(unknown));
        (
            affected == 0,
            !self.is_exploited,
            hosts.0,
            hosts.1,
            &self.id,
        )
    }
}
