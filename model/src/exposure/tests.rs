//! What exposures come to, case by case.

use jiff::{SignedDuration, Timestamp};
use proto_types::{
    ExposureState::{self, Exposed, Fixed},
    UnknownKind,
};

use super::*;
use crate::presence::{HostTimes, Span};

pub(super) const DAY: i64 = 86_400_000;

/// The beginning of a day.
pub(super) fn day(day: i64) -> Timestamp {
    Timestamp::from_millisecond(day * DAY).unwrap_or_default()
}

/// The end of a day, in which it still is that day.
pub(super) fn end_of(day: i64) -> Timestamp {
    Timestamp::from_millisecond((day + 1) * DAY - 1).unwrap_or_default()
}

pub(super) fn days(from: i64, until: i64) -> Span {
    Span::new(day(from), day(until))
}

pub(super) fn on(from: i64) -> Span {
    Span::new(day(from), GOES_ON)
}

/// Published on day 10, asked on day 100.
fn at_day_100(ran: &[Span], unknown: &[Unknown]) -> Exposure {
    let known = Known {
        ran,
        unknown,
        published: Some(day(10)),
        now: day(100),
    };
    exposure(&known).expect("it ran")
}

fn within(exposure: &Exposure) -> [Option<Clean>; 3] {
    DEFAULT_DAYS.map(|days| exposure.clean_within(days))
}

#[test]
fn a_host_is_exposed_from_the_first_run_on_until_the_last_one_ended() {
    let found = at_day_100(&[days(5, 12), days(11, 15), days(20, 22)], &[]);
    assert_eq!((found.first, found.fixed), (day(5), Some(day(22))));
    assert_eq!(found.state, Fixed);
    assert_eq!(found.exposed, 12 * DAY as u64);
    assert_eq!(found.since_published, Some(7 * DAY as u64));
    assert_eq!(found.unknown_times, []);
}

#[test]
fn a_host_is_still_exposed_while_something_affected_runs() {
    let found = at_day_100(&[days(5, 12), on(90)], &[]);
    assert_eq!((found.state, found.fixed), (Exposed, None));
    assert_eq!(found.exposed, 17 * DAY as u64 + 1, "this moment counts");
}

#[test]
fn days_of_silence_are_no_days_of_exposure_and_are_listed() {
    let silences = [
        (UnknownKind::Silent, days(1, 3)),
        (UnknownKind::Silent, days(11, 13)),
        (UnknownKind::Silent, days(13, 14)),
        (UnknownKind::Incomplete, on(99)),
    ];
    let found = at_day_100(&[days(5, 20)], &silences);
    assert_eq!(found.exposed, 12 * DAY as u64);
    assert_eq!(
        found.unknown_times,
        [
            (UnknownKind::Silent, days(11, 14)),
            (UnknownKind::Incomplete, on(99)),
        ],
        "what was before it and before publication is of no matter"
    );
    assert_eq!(found.state, ExposureState::Unknown);
    assert_eq!(found.unknown, 4 * DAY as u64 + 1);
}

#[test]
fn a_host_that_fell_silent_while_exposed_is_still_exposed_and_counts_as_unknown() {
    let found = at_day_100(&[on(5)], &[(UnknownKind::Silent, on(12))]);
    assert_eq!(found.state, Exposed);
    assert_eq!(within(&found), [Some(Clean::Unknown); 3]);
    assert_eq!(found.exposed, 7 * DAY as u64);
}

#[test]
fn a_host_is_clean_in_time_where_it_is_rid_of_it_for_good() {
    use Clean::{InTime, Late};
    const UNKNOWN: Clean = Clean::Unknown;
    let silent = |from, until| vec![(UnknownKind::Silent, days(from, until))];
    for (why, ran, unknown, wanted) in [
        (
            "last day",
            vec![days(5, 17)],
            vec![],
            [InTime, InTime, InTime],
        ),
        (
            "a day late",
            vec![days(5, 18)],
            vec![],
            [Late, InTime, InTime],
        ),
        (
            "it came back",
            vec![days(5, 12), days(30, 31)],
            vec![],
            [Late, Late, InTime],
        ),
        ("it runs", vec![on(5)], vec![], [Late, Late, Late]),
        (
            "silent then",
            vec![days(5, 12)],
            silent(16, 18),
            [UNKNOWN, InTime, InTime],
        ),
        (
            "ended in a silence",
            vec![days(5, 20)],
            silent(15, 20),
            [UNKNOWN, InTime, InTime],
        ),
        (
            "silent later",
            vec![days(5, 12)],
            silent(50, 60),
            [InTime, InTime, InTime],
        ),
        (
            "silent, exposed later",
            vec![days(5, 22)],
            silent(16, 18),
            [Late, InTime, InTime],
        ),
        (
            "came back in a silence",
            vec![days(5, 11), days(31, 35)],
            silent(30, 36),
            [UNKNOWN, UNKNOWN, InTime],
        ),
    ] {
        let found = within(&at_day_100(&ran, &unknown));
        assert_eq!(found, wanted.map(Some), "{why}");
    }
}

#[test]
fn what_ended_before_publication_is_no_matter_of_being_in_time() {
    let found = at_day_100(&[days(5, 10)], &[]);
    assert_eq!((found.state, found.since_published), (Fixed, Some(0)));
    assert_eq!(within(&found), [None; 3]);
}

#[test]
fn a_host_that_is_exposed_before_its_time_is_up_has_time_left() {
    let known = Known {
        ran: &[on(5)],
        unknown: &[],
        published: Some(day(90)),
        now: day(100),
    };
    let found = exposure(&known).expect("it ran");
    assert_eq!(
        within(&found),
        [Clean::Late, Clean::Open, Clean::Open].map(Some)
    );
    let gone = [days(5, 99)];
    let found = exposure(&Known {
        ran: &gone,
        ..known
    })
    .expect("it ran");
    assert_eq!(
        within(&found),
        [Clean::Late, Clean::InTime, Clean::InTime].map(Some)
    );
}

#[test]
fn without_a_publication_it_is_not_known_who_was_in_time() {
    let known = Known {
        ran: &[days(5, 6)],
        unknown: &[],
        published: None,
        now: day(100),
    };
    let found = exposure(&known).expect("it ran");
    assert_eq!(within(&found), [Some(Clean::Unknown); 3]);
    assert_eq!(found.since_published, None);
}

#[test]
fn what_never_ran_up_to_now_is_no_exposure() {
    let known = Known {
        ran: &[on(101)],
        unknown: &[],
        published: None,
        now: day(100),
    };
    assert_eq!(exposure(&known), None);
    assert_eq!(exposure(&Known { ran: &[], ..known }), None);
}

#[test]
fn of_a_host_that_was_removed_while_exposed_nothing_is_known() {
    let host = HostTimes {
        removed_at: Some(day(20)),
        ..times([0, 0, 0, 0, 0])
    };
    assert_eq!(removed(&host, &[days(5, 19)]), None);
    let gone = removed(&host, &[days(5, 20)]);
    assert_eq!(gone, Some((UnknownKind::Removed, on(20))));
}

fn times([added, enrolled, first, last, noted]: [i64; 5]) -> HostTimes {
    HostTimes {
        added_at: day(added),
        enrolled_at: Some(day(enrolled)),
        removed_at: None,
        first_full_at: Some(day(first)),
        last_full_at: Some(day(last)),
        cloned_since: (noted > 0).then(|| day(noted)),
        incomplete_since: None,
    }
}

#[test]
fn before_what_is_kept_nothing_is_known_of_a_host_that_was_there() {
    let told = Told {
        times: times([3, 3, 3, 100, 0]),
        unseen: [None; 2],
        lapses: &[],
        unseen_then: &[days(50, 51)],
        kept_since: Some(day(40)),
    };
    let unknown = of_host(&told, SignedDuration::from_hours(24), day(100));
    assert_eq!(
        unknown,
        [
            (UnknownKind::Unseen, days(50, 51)),
            (UnknownKind::Dropped, days(3, 40)),
        ]
    );
}
