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
    /// Those of them that are notices of bug fixes or enhancements.
    pub bugfixes: HashSet<(i64, Box<str>)>,
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
    /// Whether it is a notice of bug fixes or enhancements.
    pub is_bugfix: bool,
    /// Whether a version is known that fixes something.
    pub has_fix: bool,
    /// What is affected.
    pub affected: Extent,
    /// Of what it isn't known.
    pub unknown: Extent,
    /// What would be one of these, and isn't by what a vendor states.
    pub excused: Extent,
}

/// What an advisory comes to in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comes {
    /// Something is affected.
    Affecting,
    /// Nothing is known to be, and of something it isn't known.
    Unknown,
    /// Nothing is that no vendor excuses.
    Excused,
}

/// Where a row stands in the list.
pub type Place<'r> = (Comes, bool, Reverse<u64>, Reverse<u64>, &'r str);

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
        [exploited, bugfixes]: [&HashSet<(i64, Box<str>)>; 2],
    ) -> Self {
        let mut rows: Vec<Counted> = reaches
            .map(|one| Counted {
                feed: one.feed,
                id: one.id.into(),
                is_exploited: exploited.contains(&(one.feed, one.id.into())),
                is_bugfix: bugfixes.contains(&(one.feed, one.id.into())),
                has_fix: one.has_fix,
                affected: one.affected,
                unknown: one.unknown,
                excused: one.excused,
            })
            .collect();
        rows.sort_unstable_by(|a, b| a.place().cmp(&b.place()));
        Self { seq, rows }
    }
}

impl Counted {
    /// Where it stands in the list: what is known to affect something, of that what is exploited, and of that what affects
    /// the most hosts comes first.
    pub fn place(&self) -> Place<'_> {
        let hosts = (self.affected.hosts, self.unknown.hosts);
        Self::place_of(hosts, self.is_exploited, &self.id)
    }

    /// The place of one that affects so many hosts, and of so many it isn't known.
    pub fn place_of((affected, unknown): (u64, u64), is_exploited: bool, id: &str) -> Place<'_> {
        let comes = Comes::of(affected, unknown);
        (
            comes,
            !is_exploited,
            Reverse(affected),
            Reverse(unknown),
            id,
        )
    }

    /// What it comes to.
    pub const fn comes(&self) -> Comes {
        Comes::of(self.affected.hosts, self.unknown.hosts)
    }
}

impl Comes {
    const fn of(affected: u64, unknown: u64) -> Self {
        match (affected, unknown) {
            (0, 0) => Self::Excused,
            (0, _) => Self::Unknown,
            _ => Self::Affecting,
        }
    }
}
