//! Runs: what a report makes of the runs that a host is known to have.
//!
//! A run goes on as long as its container runs on the same image under the same image name. What
//! a complete listing doesn't name has ended; an incomplete one ends nothing but what it replaces. One
//! that began by a clock that was far ahead begins anew: no question about a time from now on would
//! find it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// A run that began so long after now did so by a clock that was wrong. Less is waited for: to begin a
/// run anew tells whoever follows the changes of an end that there wasn't.
const AHEAD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A run that has not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live<R, I> {
    /// The run.
    pub run: R,
    /// Its container.
    pub container: String,
    /// Its image.
    pub image: I,
    /// The name that its image was started by.
    pub image_name: String,
    /// When it began.
    pub since: Timestamp,
}

/// A container that a report says runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a, I> {
    /// Its name.
    pub container: &'a str,
    /// Its image.
    pub image: I,
    /// The name that its image was started by.
    pub image_name: &'a str,
}

/// What a report changes: these runs end, then those begin. All others go on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Turn<'a, R, I> {
    /// Runs that ended.
    pub end: Vec<Live<R, I>>,
    /// Containers of which a run begins.
    pub begin: Vec<Listed<'a, I>>,
}

/// What a listing changes that is told of at `now`. `live` are the runs that it speaks of: all of the host's, for a full
/// report; those of one container, for an update. `complete` says that what isn't listed ended.
pub fn listed<'a, R, I: Copy + PartialEq>(
    live: Vec<Live<R, I>>,
    listing: impl IntoIterator<Item = Listed<'a, I>>,
    complete: bool,
    now: Timestamp,
) -> Turn<'a, R, I> {
    let places: HashMap<String, usize> = (0..)
        .zip(&live)
        .map(|(place, run)| (run.container.clone(), place))
        .collect();
    let mut left: Vec<Option<Live<R, I>>> = live.into_iter().map(Some).collect();
    let mut turn = Turn {
        end: Vec::new(),
        begin: Vec::new(),
    };
    for listed in listing {
        let place = places.get(listed.container);
        let before = place.and_then(|place| left.get_mut(*place)?.take());
        match before {
            Some(run)
                if run.image == listed.image
                    && run.image_name == listed.image_name
                    && run.since.duration_since(now) <= AHEAD => {}
            before => {
                turn.end.extend(before);
                turn.begin.push(listed);
            }
        }
    }
    if complete {
        turn.end.extend(left.into_iter().flatten());
    }
    turn
}

/// When a run ended that is told of at `now`: never before it began, even where the clock was set
/// back since.
#[must_use]
pub fn end(since: Timestamp, now: Timestamp) -> Timestamp {
    since.max(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(run: u8, container: &str, image: u8, image_name: &str) -> Live<u8, u8> {
        Live {
            run,
            container: container.to_owned(),
            image,
            image_name: image_name.to_owned(),
            since: Timestamp::UNIX_EPOCH,
        }
    }

    const fn on<'a>(container: &'a str, image: u8, image_name: &'a str) -> Listed<'a, u8> {
        Listed {
            container,
            image,
            image_name,
        }
    }

    /// The numbers of the runs that end, and the containers of which one begins.
    fn turn<'a>(
        live: &[Live<u8, u8>],
        listing: &[Listed<'a, u8>],
        complete: bool,
    ) -> (Vec<u8>, Vec<&'a str>) {
        let now = Timestamp::UNIX_EPOCH;
        let turn = listed(live.to_vec(), listing.iter().copied(), complete, now);
        let ended = turn.end.iter().map(|run| run.run).collect();
        (ended, turn.begin.iter().map(|one| one.container).collect())
    }

    #[test]
    fn what_is_listed_as_before_goes_on() {
        let before = [live(1, "a", 1, "x:1"), live(2, "b", 2, "y:1")];
        let listing = [on("b", 2, "y:1"), on("a", 1, "x:1")];
        assert_eq!(turn(&before, &listing, true), (vec![], vec![]));
    }

    #[test]
    fn what_a_complete_listing_does_not_name_ended() {
        let before = [live(1, "a", 1, "x:1"), live(2, "b", 2, "y:1")];
        assert_eq!(turn(&before, &[on("a", 1, "x:1")], true), (vec![2], vec![]));
        assert_eq!(turn(&before, &[], true), (vec![1, 2], vec![]));
    }

    #[test]
    fn an_incomplete_listing_ends_only_what_it_replaces() {
        let before = [live(1, "a", 1, "x:1"), live(2, "b", 2, "y:1")];
        assert_eq!(turn(&before, &[], false), (vec![], vec![]));
        let listing = [on("a", 3, "x:1"), on("c", 1, "x:1")];
        assert_eq!(turn(&before, &listing, false), (vec![1], vec!["a", "c"]));
    }

    #[test]
    fn another_image_or_another_image_name_is_another_run() {
        let before = [live(1, "a", 1, "x:1"), live(2, "b", 2, "y:1")];
        let listing = [on("a", 2, "x:1"), on("b", 2, "y:2")];
        assert_eq!(turn(&before, &listing, true), (vec![1, 2], vec!["a", "b"]));
    }

    #[test]
    fn runs_begin_in_the_order_of_the_listing() {
        let listing = [on("c", 1, "x:1"), on("a", 1, "x:1"), on("b", 1, "x:1")];
        assert_eq!(turn(&[], &listing, true), (vec![], vec!["c", "a", "b"]));
    }

    #[test]
    fn a_run_that_began_by_a_clock_far_ahead_begins_anew() {
        let begun = |ahead| Live {
            since: Timestamp::UNIX_EPOCH + ahead,
            ..live(1, "a", 1, "x:1")
        };
        let second = SignedDuration::from_secs(1);
        let listing = [on("a", 1, "x:1")];
        assert_eq!(turn(&[begun(AHEAD)], &listing, true), (vec![], vec![]));
        let far = begun(AHEAD + second);
        assert_eq!(turn(&[far], &listing, true), (vec![1], vec!["a"]));
    }

    #[test]
    fn no_run_ends_before_it_began() {
        let at = |second| Timestamp::from_second(second).unwrap_or_default();
        assert_eq!(end(at(5), at(9)), at(9));
        assert_eq!(end(at(5), at(3)), at(5));
    }
}
