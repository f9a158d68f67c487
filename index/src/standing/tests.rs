use jiff::SignedDuration;
use model::{
    presence::{HostTimes, Lapse, LapseKind},
    unseen::{Told, UnseenKind},
};
use proptest::prelude::*;

use super::*;

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or_default()
}

fn clock(now: i64) -> Clock {
    Clock {
        now: at(now),
        silent_after: SignedDuration::from_millis(5),
    }
}

/// A host of seven times, the last six of which it may lack.
fn host(times: &[i64], has: &[bool], unseen: [u64; 2]) -> Stands {
    let some = |index: usize| has[index].then(|| at(times[index]));
    Stands {
        times: HostTimes {
            added_at: at(times[6]),
            enrolled_at: some(0),
            removed_at: some(1),
            first_full_at: some(2),
            last_full_at: some(3),
            cloned_since: some(4),
            incomplete_since: some(5),
        },
        unseen: unseen.map(|count| {
            let since = at(times[5]);
            (count > 0).then_some(Told { count, since })
        }),
    }
}

fn any_host() -> impl Strategy<Value = (u32, Stands)> {
    let times = prop::collection::vec(0..30_i64, 7);
    let has = prop::collection::vec(any::<bool>(), 6);
    (0..6_u32, times, has, 0..3_u64, 0..3_u64)
        .prop_map(|(number, times, has, one, other)| (number, host(&times, &has, [one, other])))
}

fn any_ended() -> impl Strategy<Value = (u32, usize, u64, i64, i64)> {
    (0..6_u32, 0..5_usize, 1..4_u64, 0..30_i64, 1..10_i64)
}

/// Each host looked at.
fn looked_at(stand: &Stand, clock: Clock) -> Standing {
    stand.now_of(&[0, 1, 2, 3, 4, 5], clock)
}

proptest! {
    #[test]
    fn hosts_that_are_counted_stand_as_those_that_are_looked_at(
        hosts in prop::collection::vec(any_host(), 0..20),
        now in prop::collection::vec(0..40_i64, 3),
    ) {
        let mut stand = Stand::default();
        for (number, stands) in &hosts {
            stand.put(*number, stands);
            prop_assert_eq!(stand.hosts.get(*number), Some(*stands));
        }
        for now in now {
            prop_assert_eq!(stand.now(clock(now)), looked_at(&stand, clock(now)));
        }
    }

    #[test]
    fn hosts_stood_at_a_time_as_the_model_says_of_each(
        hosts in prop::collection::btree_map(0..6_u32, any_host(), 0..6),
        ended in prop::collection::vec(any_ended(), 0..8),
        (from, length) in (0..30_i64, 1..10_i64),
        now in 0..40_i64,
        some in prop::collection::btree_set(0..6_u32, 0..4),
    ) {
        let mut stand = Stand::default();
        for (number, (_, stands)) in &hosts {
            stand.put(*number, stands);
        }
        let of = |(host, what, count, from, length): &(u32, usize, u64, i64, i64)| {
            let span = Span::new(at(*from), at(from + length));
            match LapseKind::ALL.get(*what) {
                Some(kind) => Ended::of_lapse(*host, Lapse { kind: *kind, span }),
                None => Ended::of_unseen(*host, UnseenKind::ALL[what - 3], *count, span),
            }
        };
        let ended: Vec<Ended> = ended.iter().map(of).collect();
        for one in &ended {
            stand.end(one);
        }
        let time = Span::new(at(from), at(from + length));
        let numbers: Vec<u32> = some.into_iter().collect();
        let (mut all, mut of_some) = (Standing::default(), Standing::default());
        for (number, (_, stands)) in &hosts {
            let of_host: Vec<Ended> = ended
                .iter()
                .filter(|one| one.host() == *number && touches(one, time))
                .copied()
                .collect();
            all.add_then(stands, &of_host, time, clock(now));
            if numbers.contains(number) {
                of_some.add_then(stands, &of_host, time, clock(now));
            }
        }
        prop_assert_eq!(stand.then(None, time, clock(now)), all);
        prop_assert_eq!(stand.then(Some(&numbers), time, clock(now)), of_some);
    }
}

fn touches(ended: &Ended, time: Span) -> bool {
    ended.span().touches(time)
}

#[test]
fn hosts_count_by_their_state_and_a_removed_one_not_at_all() {
    let mut stand = Stand::default();
    let told = [0, 0, 0, 100, 90, 90, 0];
    let of = |has: [bool; 6], unseen| host(&told, &has, unseen);
    let [no, yes] = [false, true];
    stand.put(7, &of([yes, no, yes, yes, no, no], [0, 0]));
    stand.put(1, &of([no, no, no, no, no, no], [0, 0]));
    stand.put(2, &of([yes, no, yes, yes, yes, no], [0, 2]));
    stand.put(3, &of([yes, no, yes, yes, no, yes], [3, 0]));
    stand.put(4, &of([yes, no, yes, yes, yes, no], [5, 5]));
    stand.put(4, &of([yes, yes, yes, yes, yes, no], [5, 5]));
    let counts = Standing {
        enrolled: 3,
        pending: 1,
        silent: 0,
        cloned: 1,
        incomplete: 1,
        unseen: [3, 2],
    };
    assert_eq!(stand.now(clock(105)), counts);
    let later = Standing {
        silent: 3,
        cloned: 0,
        incomplete: 0,
        ..counts
    };
    assert_eq!(stand.now(clock(106)), later);
}

#[test]
fn what_was_over_before_the_past_is_kept_is_forgotten() {
    let mut stand = Stand::default();
    stand.put(
        1,
        &host(&[0; 7], &[true, false, true, true, false, false], [0, 0]),
    );
    for (from, until) in [(1, 10), (11, 20)] {
        let kind = LapseKind::Incomplete;
        let span = Span::new(at(from), at(until));
        stand.end(&Ended::of_lapse(1, Lapse { kind, span }));
    }
    let incomplete = |stand: &Stand, moment| {
        let time = Span::at(at(moment));
        stand.then(None, time, clock(4)).incomplete
    };
    assert_eq!([5, 15].map(|moment| incomplete(&stand, moment)), [1, 1]);
    stand.keep_since(at(12));
    stand.keep_since(at(11));
    assert_eq!(stand.kept_since(), Some(at(12)));
    assert_eq!([5, 15].map(|moment| incomplete(&stand, moment)), [0, 1]);
}
