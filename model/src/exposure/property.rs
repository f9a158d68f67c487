//! Exposures beside a plain look at each day, and what isn't known beside how hosts stood.

use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, test_runner::contextualize_config};
use proto_types::{
    ExposureState::{self, Exposed, Fixed},
    HostState, UnknownKind,
};

use super::{
    tests::{DAY, day, days, end_of, on},
    *,
};
use crate::presence::{self, HostTimes, Lapse, LapseKind, Span};

/// What a plain look at each day tells.
struct Plain {
    ran: Vec<bool>,
    unknown: Vec<bool>,
    published: Option<usize>,
}

impl Plain {
    fn from(&self) -> Option<usize> {
        let first = self.ran.iter().position(|ran| *ran)?;
        Some(
            self.published
                .map_or(first, |published| published.min(first)),
        )
    }

    fn count(&self, of: impl Fn(usize) -> bool) -> u64 {
        (0..self.ran.len()).filter(|day| of(*day)).count() as u64
    }

    fn exposed(&self, day: usize) -> bool {
        self.ran[day] && !self.unknown[day]
    }

    fn state(&self) -> ExposureState {
        let today = self.ran.len() - 1;
        match (self.ran[today], self.unknown[today]) {
            (true, _) => Exposed,
            (false, true) => ExposureState::Unknown,
            (false, false) => Fixed,
        }
    }

    fn clean(&self, within: usize) -> Option<Clean> {
        let Some(published) = self.published else {
            return Some(Clean::Unknown);
        };
        let today = self.ran.len() - 1;
        if !(published..=today).any(|day| self.ran[day]) {
            return None;
        }
        let deadline = published + within;
        let has_time = deadline > today;
        // Before its time is up, today is what counts.
        let later = || deadline.min(today)..=today;
        Some(if later().any(|day| self.exposed(day)) {
            if has_time { Clean::Open } else { Clean::Late }
        } else if later().any(|day| self.ran[day]) || self.unknown[deadline.min(today)] {
            Clean::Unknown
        } else {
            Clean::InTime
        })
    }
}

fn marked(spans: &[Span], today: i64) -> Vec<bool> {
    let holds = |one: i64| {
        spans
            .iter()
            .any(|span| span.from <= day(one) && day(one) < span.until)
    };
    (0..=today).map(holds).collect()
}

fn some_spans(most: usize) -> impl Strategy<Value = Vec<(usize, i64, i64)>> {
    prop::collection::vec((0..9_usize, 0..40_i64, 0..12_i64), 0..most)
}

/// Some that go on, where they are long.
fn spans(some: &[(usize, i64, i64)]) -> Vec<Span> {
    let span = |(_, from, length): &(usize, i64, i64)| match length {
        11 => on(*from),
        length => days(*from, from + length),
    };
    some.iter().map(span).collect()
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(2048)))]

    #[test]
    fn an_exposure_is_what_a_look_at_each_day_tells(
        ran in some_spans(5),
        unknown in some_spans(5),
        published in prop::option::of(0..45_i64),
        today in 0..45_i64,
    ) {
        let kinds: Vec<UnknownKind> = unknown.iter().map(|one| UnknownKind::ALL[one.0]).collect();
        let (ran, spans) = (spans(&ran), spans(&unknown));
        let unknown: Vec<Unknown> = kinds.into_iter().zip(spans.iter().copied()).collect();
        // What is published later is not known today.
        let published = published.filter(|published| *published <= today);
        let plain = Plain {
            ran: marked(&ran, today),
            unknown: marked(&spans, today),
            published: published.map(|day| day as usize),
        };
        let known = Known {
            ran: &ran,
            unknown: &unknown,
            published: published.map(day),
            now: end_of(today),
        };
        let (found, from) = (exposure(&known), plain.from());
        prop_assert_eq!(found.is_some(), from.is_some());
        let (Some(found), Some(from)) = (found, from) else {
            return Ok(());
        };
        let first = plain.ran.iter().position(|ran| *ran);
        prop_assert_eq!(Some(found.first), first.map(|first| day(first as i64)));
        prop_assert_eq!(found.state, plain.state());
        let last = plain.ran.iter().rposition(|ran| *ran).filter(|_| found.state != Exposed);
        prop_assert_eq!(found.fixed, last.map(|last| day(last as i64 + 1)));
        let length = |days: u64| days * DAY as u64;
        prop_assert_eq!(found.exposed, length(plain.count(|day| plain.exposed(day))));
        let later = plain.published.map(|since| plain.count(|day| day >= since && plain.exposed(day)));
        prop_assert_eq!(found.since_published, later.map(length));
        let not_known = |day: usize| day >= from && plain.unknown[day];
        prop_assert_eq!(found.unknown, length(plain.count(not_known)));
        let listed: Vec<Span> = found.unknown_times.iter().map(|(_, span)| *span).collect();
        let listed = marked(&listed, today);
        prop_assert!((0..=today as usize).all(|day| listed[day] == not_known(day)));
        for within in [0, 1, 7, 14, 30] {
            prop_assert_eq!(found.clean_within(within), plain.clean(within as usize), "{} days", within);
        }
        let in_time = |days| found.clean_within(days) == Some(Clean::InTime);
        let has_passed = |days: i64| published.is_some_and(|since| since + days <= today);
        prop_assert!(!in_time(7) || !has_passed(14) || found.clean_within(14) != Some(Clean::Late));
    }

    #[test]
    fn what_ran_on_a_host_is_known_while_it_was_reporting(
        times in prop::collection::vec(0..30_i64, 7),
        has in prop::collection::vec(any::<bool>(), 6),
        lapses in prop::collection::vec((0..3_usize, 0..30_i64, 0..10_i64), 0..3),
        today in 0..40_i64,
    ) {
        let tick = |tick: i64| Timestamp::from_millisecond(tick).unwrap_or_default();
        let some = |index: usize| has[index].then(|| tick(times[index]));
        let noted = |index| some(index).filter(|since| *since <= tick(today));
        let host = HostTimes {
            added_at: tick(times[6]),
            enrolled_at: some(0),
            removed_at: some(1),
            first_full_at: some(2),
            last_full_at: some(3),
            incomplete_since: noted(4),
            cloned_since: noted(5),
        };
        let lapse = |(kind, from, length): (usize, i64, i64)| Lapse {
            kind: LapseKind::ALL[kind],
            span: Span::new(tick(from), tick(from + length)),
        };
        let lapses: Vec<Lapse> = lapses.into_iter().map(lapse).collect();
        let silent_after = SignedDuration::from_millis(5);
        let told = Told {
            times: host,
            unseen: [None; 2],
            lapses: &lapses,
            unseen_then: &[],
            kept_since: None,
        };
        let unknown = of_host(&told, silent_after, tick(today));
        for moment in 0..=today {
            let at = Span::at(tick(moment));
            let state = presence::then(&host, &lapses, at, silent_after, tick(today));
            let is_known = state.is_none_or(|state| state == HostState::Reporting);
            let is_unknown = unknown.iter().any(|(_, span)| span.touches(at));
            prop_assert_eq!(is_unknown, !is_known, "at {}: {:?}", moment, state);
        }
    }
}
