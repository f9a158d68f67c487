//! Which of several verdicts counts.

use std::cmp::Ordering;

use proto_types::Verdict;

/// The verdict that counts more: affected, then what isn't known, then fixed.
#[must_use]
pub fn worst(a: Verdict, b: Verdict) -> Verdict {
    match worst_first(a, b) {
        Ordering::Greater => b,
        _ => a,
    }
}

/// Their order, the one that counts more first.
pub(super) fn worst_first(a: Verdict, b: Verdict) -> Ordering {
    rank(a).cmp(&rank(b))
}

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Affected => 0,
        Verdict::Unknown => 1,
        Verdict::Fixed => 2,
        Verdict::NotAffected => 3,
    }
}
