//! What holds for every type and every text.

use std::cmp::Ordering;

use proptest::{prelude::*, test_runner::contextualize_config};
use versions::compare;

/// One type for each rule whose order is transitive.
const TRANSITIVE: [&str; 17] = [
    "apk",
    "binary",
    "dart-pub",
    "deb",
    "dotnet",
    "gem",
    "go-module",
    "hackage",
    "nix",
    "npm",
    "opam",
    "php-composer",
    "portage",
    "python",
    "rpm",
    "rust-crate",
    "wordpress-plugin",
];
const NOT_TRANSITIVE: [&str; 2] = ["java-archive", "alpm"];

/// Texts out of the pieces that the rules look for, so that they often begin alike.
fn version() -> impl Strategy<Value = String> {
    let pieces = [
        "0",
        "1",
        "2",
        "9",
        "10",
        "010",
        "a",
        "b",
        "rc",
        "alpha",
        "dev",
        "post",
        "pre",
        "p",
        "_p",
        "_rc",
        "x",
        "Z",
        ".",
        "-",
        "_",
        "+",
        "~",
        "^",
        ":",
        "!",
        "-r",
        "v",
        "é",
        " ",
        "99999999999999999999",
        "-SNAPSHOT",
        "final",
        "sp",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..8).prop_map(|row| row.concat())
}

fn any_rule() -> impl Strategy<Value = &'static str> {
    prop::sample::select([&TRANSITIVE[..], &NOT_TRANSITIVE[..]].concat())
}

proptest! {
    #![proptest_config(contextualize_config(ProptestConfig::with_cases(4096)))]

    #[test]
    fn every_version_equals_itself(rule in any_rule(), a in version()) {
        prop_assert_eq!(compare(rule, &a, &a), Ordering::Equal);
    }

    #[test]
    fn the_other_way_round_the_answer_is_the_opposite(
        rule in any_rule(), a in version(), b in version(),
    ) {
        prop_assert_eq!(compare(rule, &a, &b), compare(rule, &b, &a).reverse());
    }

    #[test]
    fn the_order_is_transitive(
        rule in prop::sample::select(TRANSITIVE.to_vec()),
        mut row in prop::collection::vec(version(), 3),
    ) {
        versions::sort_by(&mut row, |a, b| compare(rule, a, b));
        if let [a, b, c] = row.as_slice() {
            let through_b = compare(rule, a, b).min(compare(rule, b, c));
            prop_assert_eq!(compare(rule, a, c), through_b, "{}: {:?}", rule, row);
        }
    }

    #[test]
    fn no_text_makes_it_panic(rule in any_rule(), a in ".*", b in ".*") {
        let order = compare(rule, &a, &b);
        prop_assert_eq!(order, compare(rule, &b, &a).reverse());
    }
}

#[test]
fn what_is_too_long_for_a_rule_is_told_apart_by_its_bytes() {
    let long = "1.".repeat(600);
    for rule in TRANSITIVE.into_iter().chain(NOT_TRANSITIVE) {
        assert_eq!(compare(rule, &long, &long), Ordering::Equal, "{rule}");
        let longer = format!("{long}0");
        assert_eq!(compare(rule, &long, &longer), Ordering::Less, "{rule}");
    }
}

#[test]
fn a_cut_inside_a_character_does_no_harm() {
    let long = "é".repeat(1000);
    let shifted = format!("a{long}");
    assert_eq!(compare("binary", &shifted, &shifted), Ordering::Equal);
}
