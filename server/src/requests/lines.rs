//! The lines of the log that say which requests were refused: so many a minute, and how many more
//! there were.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The lines of this time are counted together.
const PERIOD: Duration = Duration::from_secs(60);
/// So many lines may be written in it.
const MOST: u64 = 600;

/// How many lines there were of late.
#[derive(Default)]
pub struct Lines(Mutex<Late>);

#[derive(Default)]
struct Late {
    /// When what is counted began.
    since: Option<Instant>,
    count: u64,
}

/// What becomes of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// It is written, after so many that were not.
    Written {
        /// Those of the time before.
        left_out: u64,
    },
    /// It is only counted.
    LeftOut,
}

impl Lines {
    /// Counts a line, and says whether it is to be written.
    pub fn next(&self, now: Instant) -> Line {
        let mut late = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left_out = 0;
        if late.since.is_none_or(|since| now >= since + PERIOD) {
            left_out = late.count.saturating_sub(MOST);
            *late = Late {
                since: Some(now),
                count: 0,
            };
        }
        late.count += 1;
        match late.count > MOST {
            true => Line::LeftOut,
            false => Line::Written { left_out },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storm_leaves_so_many_lines_a_minute_and_says_how_many_it_left_out() {
        let (lines, begun) = (Lines::default(), Instant::now());
        let at = |second| begun + Duration::from_secs(second);
        let written = (0..1_000).filter(|_| lines.next(at(0)) != Line::LeftOut);
        assert_eq!(written.count(), 600);
        assert_eq!(lines.next(at(59)), Line::LeftOut);
        assert_eq!(lines.next(at(60)), Line::Written { left_out: 401 });
        assert_eq!(lines.next(at(200)), Line::Written { left_out: 0 });
    }
}
