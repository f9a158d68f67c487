//! Machines: whether one or several report as a host, by the marks that their reports carry.
//!
//! A mark stands for a machine from one boot to the next. So a mark that was replaced by another
//! one is never heard again, unless two machines report with one token: that one comes back is the
//! proof of it, also where a copied disk gave both the same machine ID.

use jiff::{SignedDuration, Timestamp};

use crate::presence::{began, fresh};

/// A mark that reports of a host carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The mark.
    pub mark: String,
    /// Since when it is the one that reports, or was the last time.
    pub since: Timestamp,
    /// Until when: another one was heard then. Missing for the one that was heard last.
    pub until: Option<Timestamp>,
}

/// What is known of the machines that report as a host.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The marks that were heard since it enrolled, as far as they are kept.
    pub heard: &'a [Heard],
    /// Since when two machines report, where they do.
    pub cloned_since: Option<Timestamp>,
}

/// What a report makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Whether its mark is the one that reports from now on, and was not before.
    pub is_another: bool,
    /// Since when two machines report, where they do.
    pub cloned_since: Option<Timestamp>,
}

/// What a report with this mark makes of what is known. Only a full report lets anything end, for
/// only that puts right what another machine told.
#[must_use]
pub fn heard(
    known: Known<'_>,
    mark: Option<&str>,
    is_full: bool,
    silent_after: SignedDuration,
    now: Timestamp,
) -> Turn {
    let Known {
        heard,
        cloned_since,
    } = known;
    let last = heard.iter().find(|one| one.until.is_none());
    let Some(last) = last else {
        // The first one since the host enrolled.
        return Turn {
            is_another: is_full && mark.is_some(),
            cloned_since: cloned_since.filter(|_| !is_full),
        };
    };
    let still = fresh(silent_after, now).contains(&last.since);
    let goes_on = cloned_since.filter(|_| still || !is_full);
    let Some(mark) = mark.filter(|mark| *mark != last.mark) else {
        return Turn {
            is_another: false,
            cloned_since: goes_on,
        };
    };
    // What the one that comes back ran since it was replaced, nobody told.
    let before = heard.iter().find(|one| one.mark == mark);
    let replaced = before.and_then(|one| one.until);
    let replaced = replaced.map(|until| began(until, silent_after, now));
    Turn {
        is_another: true,
        cloned_since: match (goes_on, replaced) {
            (Some(since), Some(replaced)) => Some(since.min(replaced)),
            (since, replaced) => since.or(replaced),
        },
    }
}

#[cfg(test)]
#[path = "machines_tests.rs"]
mod tests;
