//! `sort_by` keeps its word even for orders that are none.

use std::cmp::Ordering;

use proptest::prelude::*;
use versions::{compare, sort_by};

#[test]
fn equal_items_keep_their_places() {
    let mut items = vec!["1.0", "0.9", "1", "1.0.0"];
    sort_by(&mut items, |a, b| compare("npm", a, b));
    assert_eq!(items, ["0.9", "1.0", "1", "1.0.0"]);
}

#[test]
fn maven_s_order_can_run_in_a_circle() {
    for (a, b) in [("1.0", "1-x"), ("1-x", "1-0-alpha"), ("1-0-alpha", "1.0")] {
        assert_eq!(compare("java-archive", a, b), Ordering::Less, "{a} {b}");
    }
    let mut items = vec!["1-0-alpha", "1-x", "1.0", "0.9", "2"];
    sort_by(&mut items, |a, b| compare("java-archive", a, b));
    assert_eq!((items.first(), items.last()), (Some(&"0.9"), Some(&"2")));
}

proptest! {
    #[test]
    fn an_order_that_is_total_is_kept(mut items in prop::collection::vec(0..50, 0..200)) {
        let mut expected = items.clone();
        expected.sort_unstable();
        sort_by(&mut items, i32::cmp);
        prop_assert_eq!(items, expected);
    }

    #[test]
    fn any_answers_at_all_leave_the_same_items(
        items in prop::collection::vec(0..1000, 0..200),
        answers in prop::collection::vec(-1..=1, 1..50),
    ) {
        let mut answers = answers.iter().cycle();
        let mut sorted = items.clone();
        sort_by(&mut sorted, |_, _| answers.next().map_or(Ordering::Equal, |answer: &i32| answer.cmp(&0)));
        let (mut items, mut sorted) = (items, sorted);
        items.sort_unstable();
        sorted.sort_unstable();
        prop_assert_eq!(items, sorted);
    }
}
