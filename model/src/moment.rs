//! Moments: what number and what time a commit has, after the one before it and by the clock.
//!
//! The numbers are the order of what happened. Times are for people: they may repeat, and they go
//! back where a wrong clock was mended.

use jiff::{SignedDuration, Timestamp};

/// A clock that is behind the last commit by no more than this is not believed. What keeps clocks
/// in time sets them back by less, and a leap second is one; whoever mends a wrong clock sets it
/// back by more, and to hold on to the wrong time until it has come would falsify the past.
pub const SET_BACK: SignedDuration = SignedDuration::from_mins(1);

/// A commit: changes that happened at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// How many commits there are up to this one. It orders them, whatever the clock did.
    pub seq: i64,
    /// The time that it has.
    pub at: Timestamp,
}

impl Moment {
    /// The commit after the last one, where there is one, by a clock that says `clock`.
    #[must_use]
    pub fn after(last: Option<Self>, clock: Timestamp) -> Self {
        Self {
            seq: last.map_or(0, |last| last.seq).saturating_add(1),
            at: now(last, clock),
        }
    }
}

/// What time it is after the last commit, where there is one, by a clock that says `clock`: for
/// changes and for questions, so that no answer is of a time before what it holds.
#[must_use]
pub fn now(last: Option<Moment>, clock: Timestamp) -> Timestamp {
    match last {
        Some(last) if last.at > clock && last.at.duration_since(clock) <= SET_BACK => last.at,
        _ => clock,
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, SET_BACK, now};
    use jiff::{SignedDuration, Timestamp};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or_default()
    }

    const fn moment(seq: i64, at: Timestamp) -> Moment {
        Moment { seq, at }
    }

    #[test]
    fn the_first_commit_is_number_one_at_the_clocks_time() {
        assert_eq!(Moment::after(None, at(7)), moment(1, at(7)));
    }

    #[test]
    fn a_commit_has_the_next_number_and_the_clocks_time() {
        let last = moment(4, at(100));
        assert_eq!(Moment::after(Some(last), at(107)), moment(5, at(107)));
        assert_eq!(Moment::after(Some(last), at(100)), moment(5, at(100)));
    }

    #[test]
    fn a_clock_that_goes_back_a_little_is_waited_for() {
        let last = moment(4, at(1000));
        assert_eq!(Moment::after(Some(last), at(999)), moment(5, at(1000)));
        let least = at(1000) - SET_BACK;
        assert_eq!(Moment::after(Some(last), least), moment(5, at(1000)));
    }

    #[test]
    fn a_clock_that_was_set_back_far_is_believed_and_the_numbers_go_on() {
        let last = moment(4, at(1000));
        let mended = at(1000) - SET_BACK - SignedDuration::from_millis(1);
        assert_eq!(Moment::after(Some(last), mended), moment(5, mended));
        assert_eq!(
            Moment::after(Some(moment(4, Timestamp::MAX)), at(0)),
            moment(5, at(0))
        );
    }

    #[test]
    fn a_question_is_of_no_time_before_the_last_commit() {
        let last = Some(moment(4, at(1000)));
        assert_eq!(now(last, at(999)), at(1000));
        assert_eq!(now(last, at(1001)), at(1001));
        assert_eq!(now(None, at(999)), at(999));
    }
}
