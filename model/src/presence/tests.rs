use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, test_runner::contextualize_config};
use proto_types::HostState::{self, Cloned, Incomplete, Pending, Reporting, Silent};

use super::*;

const HOUR: SignedDuration = SignedDuration::from_secs(100);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

/// Added at 0, enrolled at 10, first full report at 20, the last one at 1000.
fn host() -> HostTimes {
    HostTimes {
        added_at: at(0),
        enrolled_at: Some(at(10)),
        removed_at: None,
        first_full_at: Some(at(20)),
        last_full_at: Some(at(1000)),
        cloned_since: None,
        incomplete_since: None,
    }
}

fn stood(host: &HostTimes, moment: i64, today: i64) -> Option<HostState> {
    then(host, &[], Span::at(at(moment)), HOUR, at(today))
}

#[test]
fn hosts_that_are_counted_stand_as_those_that_are_looked_at() {
    let answers = [false, true];
    let each = answers
        .iter()
        .flat_map(|enrolled| answers.iter().map(move |fresh| (*enrolled, *fresh)))
        .flat_map(|pair| answers.iter().map(move |alone| (pair, *alone)))
        .flat_map(|three| answers.iter().map(move |listed| (three, *listed)));
    let hosts: Vec<Facts> = each
        .map(|(((enrolled, fresh), alone), listed)| Facts {
            enrolled,
            fresh,
            alone,
            listed,
        })
        .collect();
    let count = |fits: fn(&&Facts) -> bool| hosts.iter().filter(fits).count() as u64;
    let counted = Counted {
        added: count(|_| true),
        enrolled: count(|one| one.enrolled),
        fresh: count(|one| one.enrolled && one.fresh),
        alone: count(|one| one.enrolled && one.fresh && one.alone),
        listed: count(|one| one.enrolled && one.fresh && one.alone && one.listed),
    };
    for state in [Pending, Silent, Cloned, Incomplete, Reporting] {
        let looked_at = hosts.iter().filter(|one| one.state() == state).count() as u64;
        assert_eq!(counted.in_state(state), looked_at, "{state}");
    }
}

#[test]
fn a_host_goes_from_pending_to_unheard_to_reporting() {
    let moments = [-1, 0, 9, 10, 19, 20, 1000];
    let states = moments.map(|moment| stood(&host(), moment, 1000));
    let wanted = [
        None,
        Some(Pending),
        Some(Pending),
        Some(Silent),
        Some(Silent),
        Some(Reporting),
        Some(Reporting),
    ];
    assert_eq!(states, wanted);
}

#[test]
fn a_host_that_never_sent_a_full_report_is_silent_whatever_else_it_told() {
    let unheard = HostTimes {
        first_full_at: None,
        last_full_at: None,
        ..host()
    };
    assert_eq!(now(&unheard, HOUR, at(11)), Silent);
    assert_eq!(stood(&unheard, 11, 11), Some(Silent));
}

#[test]
fn a_silence_that_goes_on_began_after_the_last_report() {
    assert_eq!(now(&host(), HOUR, at(1100)), Reporting);
    assert_eq!(now(&host(), HOUR, at(1101)), Silent);
    assert_eq!(stood(&host(), 1000, 1101), Some(Reporting));
    assert_eq!(stood(&host(), 1001, 1101), Some(Silent));
    assert_eq!(stood(&host(), 1001, 1100), Some(Reporting));
}

#[test]
fn an_incomplete_listing_counts_from_its_report_on() {
    let incomplete = HostTimes {
        incomplete_since: Some(at(900)),
        ..host()
    };
    assert_eq!(now(&incomplete, HOUR, at(1000)), Incomplete);
    assert_eq!(stood(&incomplete, 899, 1000), Some(Reporting));
    assert_eq!(stood(&incomplete, 900, 1000), Some(Incomplete));
}

#[test]
fn two_machines_count_from_when_the_second_one_came_and_before_what_they_list() {
    let cloned = HostTimes {
        cloned_since: Some(at(800)),
        incomplete_since: Some(at(900)),
        ..host()
    };
    assert_eq!(now(&cloned, HOUR, at(1000)), Cloned);
    let states = [799, 800, 950].map(|moment| stood(&cloned, moment, 1000));
    assert_eq!(states, [Some(Reporting), Some(Cloned), Some(Cloned)]);
    assert_eq!(now(&cloned, HOUR, at(1101)), Silent);
}

#[test]
fn what_ended_is_kept_as_it_was_while_it_went_on() {
    let host = HostTimes {
        cloned_since: Some(at(950)),
        incomplete_since: Some(at(900)),
        ..host()
    };
    let lapses: Vec<Lapse> = ended(&host, HOUR, at(2000)).collect();
    let after = HostTimes {
        last_full_at: Some(at(2000)),
        cloned_since: None,
        incomplete_since: None,
        ..host
    };
    for moment in [899, 900, 949, 950, 999, 1000, 1001, 1999, 2000] {
        let moment = Span::at(at(moment));
        let before = then(&host, &[], moment, HOUR, at(2000));
        let wanted = if moment.from == at(2000) {
            Some(Reporting)
        } else {
            before
        };
        assert_eq!(
            then(&after, &lapses, moment, HOUR, at(2000)),
            wanted,
            "{moment:?}"
        );
    }
}

#[test]
fn after_the_clock_was_set_back_a_later_report_says_nothing() {
    assert_eq!(now(&host(), HOUR, at(500)), Silent);
    assert_eq!(stood(&host(), 500, 500), Some(Silent));
    let kept: Vec<Lapse> = ended(&host(), HOUR, at(500)).collect();
    let heard = HostTimes {
        last_full_at: Some(at(500)),
        ..host()
    };
    let then = then(&heard, &kept, Span::at(at(499)), HOUR, at(510));
    assert_eq!(then, Some(Silent), "what was silent a second ago");
}

#[test]
fn a_removed_host_was_there_until_it_was_removed() {
    let removed = HostTimes {
        removed_at: Some(at(1050)),
        ..host()
    };
    assert_eq!(
        stood(&removed, 1049, 9999),
        Some(Reporting),
        "it was no hour silent"
    );
    assert_eq!(stood(&removed, 1050, 9999), None);
    assert!(was_enrolled(&removed, Span::at(at(1049))));
    assert!(!was_enrolled(&removed, Span::at(at(1050))));
    assert!(!was_enrolled(&removed, Span::at(at(9))));
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(1024)))]

    #[test]
    fn a_time_is_covered_where_each_of_its_moments_is(
        times in prop::collection::vec(0..30_i64, 7),
        has in prop::collection::vec(any::<bool>(), 6),
        lapses in prop::collection::vec((0..3_usize, 0..30_i64, 0..10_i64), 0..3),
        from in 0..30_i64,
        length in 1..10_i64,
        today in 0..40_i64,
    ) {
        let tick = |tick: i64| Timestamp::from_millisecond(tick).unwrap_or_default();
        let some = |index: usize| has[index].then(|| tick(times[index]));
        let host = HostTimes {
            added_at: tick(times[6]),
            enrolled_at: some(0),
            removed_at: some(1),
            first_full_at: some(2),
            last_full_at: some(3),
            incomplete_since: some(4),
            cloned_since: some(5),
        };
        let lapses: Vec<Lapse> = lapses
            .into_iter()
            .map(|(kind, from, length)| Lapse {
                kind: LapseKind::ALL[kind],
                span: Span::new(tick(from), tick(from + length)),
            })
            .collect();
        let silent_after = SignedDuration::from_millis(5);
        let state = |span| then(&host, &lapses, span, silent_after, tick(today));
        let covered = |state: Option<HostState>| state.is_none_or(|state| state == Reporting);
        let whole = state(Span::new(tick(from), tick(from + length)));
        let each = (from..from + length).all(|moment| covered(state(Span::at(tick(moment)))));
        prop_assert_eq!(covered(whole), each);
    }
}
