//! rpm-version(7).

use crate::{ascending, equal};

#[test]
fn segments_count_and_separators_do_not() {
    equal("rpm", &["3.10", "3_10", "3..10", "3.010", "3.10."]);
    ascending("rpm", &["3.9", "3.10", "3.10.1"]);
}

#[test]
fn a_number_is_after_letters() {
    ascending("rpm", &["1.a", "1.b", "1.0"]);
    ascending("rpm", &["4.2", "4.2a", "4.2b", "4.2.0"]);
}

#[test]
fn a_tilde_is_before_the_end_and_a_caret_after_it() {
    ascending(
        "rpm",
        &[
            "7.1~rc1",
            "7.1~rc2",
            "7.1",
            "7.1^20240101",
            "7.1^20240102",
            "7.1.1",
        ],
    );
    ascending(
        "rpm",
        &[
            "7.1~rc1~pre",
            "7.1~rc1",
            "7.1~rc1^git1",
            "7.1^git1~pre",
            "7.1^git1",
        ],
    );
}

#[test]
fn the_release_settles_equal_versions() {
    ascending(
        "rpm",
        &[
            "3.0.7-1.el9",
            "3.0.7-27.el9",
            "3.0.7-27.el9_4",
            "3.0.8-1.el9",
        ],
    );
}

#[test]
fn even_an_empty_release_is_after_none() {
    ascending("rpm", &["5", "5-", "5-0", "5-1"]);
}

#[test]
fn only_digits_before_a_colon_make_an_epoch() {
    ascending("rpm", &["9-1", "1:1-1", "2:0-1"]);
    equal("rpm", &["5-1", "0:5-1", ":5-1"]);
    ascending("rpm", &["x:5", "y:1"]);
}
