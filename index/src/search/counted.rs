//! How much fits, and how far the counting of that has come.

use jiff::Timestamp;
use model::tally::Counts;

use super::{counter::Counter, row::time};
use crate::{bits::Bits, runs::Seen};

/// How much fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Rows: pairs of an artifact and a run.
    pub rows: u64,
    /// What they are made of.
    pub counts: Counts,
    /// When the images that hold something that fits were first seen, whatever the time that is
    /// asked about. Nothing where the question is about some of their runs.
    pub first_seen: Option<Timestamp>,
    /// When a run of one of them last ended.
    pub last_seen: Option<Timestamp>,
    /// Whether one of them ran as of the pin, so that it was last seen then.
    pub runs: bool,
}

/// What comes of counting.
#[derive(Default)]
pub struct Counted {
    /// How much fits.
    pub total: Total,
    /// The artifacts that fit and that an image holds that counts.
    pub artifacts: Bits,
}

/// How far counting has come.
#[derive(Default)]
pub struct Counting {
    /// Images of all, or pieces of what fits, that were counted.
    pub place: usize,
    /// Of all artifacts, those that were looked at.
    pub looked_at: usize,
    /// What was counted.
    pub counter: Option<Counter>,
    /// Whether the images that hold what fits were looked at beforehand.
    pub looked_ahead: bool,
    /// Images that hold something that fits.
    pub met: Bits,
    /// When those ran, in milliseconds since 1970.
    pub seen: Option<Seen>,
    /// Rows that fit.
    pub rows: u64,
    /// Artifacts that fit and count.
    pub artifacts: Bits,
}

impl Counting {
    /// Notes when another image ran.
    pub fn note(&mut self, seen: Seen) {
        let known = self.seen.get_or_insert(seen);
        known.first = known.first.min(seen.first);
        known.last = known.last.max(seen.last);
        known.runs |= seen.runs;
    }

    /// What comes of it, with what else was counted.
    pub fn counted(&mut self, counts: Counts) -> Counted {
        let artifacts = std::mem::take(&mut self.artifacts);
        Counted {
            total: Total {
                rows: self.rows,
                counts: Counts {
                    artifacts: artifacts.len() as u64,
                    ..counts
                },
                first_seen: self.seen.map(|seen| time(seen.first)),
                last_seen: self.seen.and_then(|seen| seen.last).map(time),
                runs: self.seen.is_some_and(|seen| seen.runs),
            },
            artifacts,
        }
    }
}
