use proptest::{prelude::*, test_runner::contextualize_config};

use super::*;

const HOUR: SignedDuration = SignedDuration::from_secs(3600);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

/// A host as the server keeps it.
#[derive(Default)]
struct Host {
    heard: Vec<Heard>,
    cloned_since: Option<Timestamp>,
}

impl Host {
    fn hears(&mut self, mark: Option<&str>, is_full: bool, second: i64) -> Option<i64> {
        let known = Known {
            heard: &self.heard,
            cloned_since: self.cloned_since,
        };
        let turn = heard(known, mark, is_full, HOUR, at(second));
        if let Some(mark) = mark.filter(|_| turn.is_another) {
            let last = self.heard.iter_mut().find(|one| one.until.is_none());
            if let Some(last) = last {
                last.until = Some(at(second));
            }
            self.heard.retain(|one| one.mark != mark);
            self.heard.push(Heard {
                mark: mark.to_owned(),
                since: at(second),
                until: None,
            });
        }
        self.cloned_since = turn.cloned_since;
        turn.cloned_since.map(Timestamp::as_second)
    }

    fn full(&mut self, mark: &str, second: i64) -> Option<i64> {
        self.hears(Some(mark), true, second)
    }
}

#[test]
fn a_machine_that_starts_again_and_again_is_one_machine() {
    let mut host = Host::default();
    for (second, mark) in (0..).zip(["a", "a", "b", "b", "c", "d", "d"]) {
        assert_eq!(host.full(mark, second), None, "{mark}");
    }
}

#[test]
fn a_mark_that_comes_back_is_another_machines_and_began_to_be_when_it_was_replaced() {
    let mut host = Host::default();
    assert_eq!(host.full("a", 0), None);
    assert_eq!(host.full("b", 600), None);
    assert_eq!(host.full("a", 1200), Some(600));
    assert_eq!(host.full("b", 1800), Some(600));
}

#[test]
fn one_that_comes_back_behind_several_others_is_known_too() {
    let mut host = Host::default();
    for (second, mark) in (0..).zip(["a", "b", "c"]) {
        assert_eq!(host.full(mark, second), None);
    }
    assert_eq!(host.full("a", 3), Some(1));
    assert_eq!(host.full("b", 4), Some(1));
}

#[test]
fn an_update_tells_of_two_machines_as_well_and_lets_nothing_end() {
    let mut host = Host::default();
    host.full("a", 0);
    host.hears(Some("b"), false, 10);
    assert_eq!(host.hears(Some("a"), false, 20), Some(10));
    assert_eq!(host.hears(Some("a"), false, 9000), Some(10));
    assert_eq!(host.full("a", 9001), None);
}

#[test]
fn it_is_over_once_only_one_was_heard_for_as_long_as_a_silence() {
    let mut host = Host::default();
    host.full("a", 0);
    host.full("b", 10);
    host.full("a", 20);
    assert_eq!(host.full("a", 3620), Some(10));
    // That it starts anew meanwhile changes nothing.
    assert_eq!(host.full("c", 3621 - 1), Some(10));
    assert_eq!(host.full("c", 3620 + 3600), Some(10));
    assert_eq!(host.full("c", 3620 + 3601), None);
    // The other one has only been away.
    assert_eq!(host.full("b", 9000), Some(20));
}

#[test]
fn a_report_without_a_mark_says_nothing_of_machines() {
    let mut host = Host::default();
    host.full("a", 0);
    host.full("b", 10);
    assert_eq!(host.hears(None, true, 11), None);
    host.full("a", 20);
    assert_eq!(host.hears(None, true, 21), Some(10));
    assert_eq!(host.hears(None, true, 3621), None);
}

#[test]
fn once_the_host_has_enrolled_again_the_first_full_report_ends_it() {
    let mut host = Host::default();
    host.full("a", 0);
    host.full("b", 10);
    host.full("a", 20);
    host.heard.clear();
    assert_eq!(host.hears(Some("a"), false, 30), Some(10));
    assert_eq!(host.full("a", 40), None);
    assert_eq!(host.full("a", 50), None);
}

#[test]
fn after_the_clock_was_set_back_it_neither_lasts_for_ever_nor_begins_ahead() {
    let mut host = Host::default();
    host.full("a", 100_000);
    host.full("b", 100_010);
    assert_eq!(host.full("a", 50_000), Some(50_000 - 3600));
    let mut host = Host::default();
    host.full("a", 100_000);
    host.full("b", 100_010);
    host.full("a", 100_020);
    assert_eq!(host.full("a", 50_000), None);
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(1024)))]

    #[test]
    fn one_machine_is_never_taken_for_two(
        boots in prop::collection::vec((0..4_usize, 0..4_usize), 1..20),
    ) {
        let mut host = Host::default();
        let mut second = 0;
        for (boot, (full, updates)) in boots.into_iter().enumerate() {
            let mark = format!("boot {boot}");
            for number in 0..full + updates {
                second += 700;
                prop_assert_eq!(host.hears(Some(&mark), number < full, second), None);
            }
        }
    }

    #[test]
    fn two_machines_that_both_go_on_reporting_are_always_known(
        first in prop::collection::vec(any::<bool>(), 0..10),
    ) {
        let mut host = Host::default();
        let order = first.into_iter().chain([true, false, true]);
        let mut last = None;
        for (is_one, second) in order.zip((0..).step_by(600)) {
            last = host.full(if is_one { "one" } else { "other" }, second);
        }
        prop_assert!(last.is_some());
    }
}
