//! apk-package(5), "package names and versions", and what apk 3 makes of other texts.

use crate::{ascending, equal};

#[test]
fn suffixes_are_before_or_after_none() {
    ascending(
        "apk",
        &[
            "3.2_alpha",
            "3.2_beta",
            "3.2_pre",
            "3.2_rc",
            "3.2",
            "3.2_cvs",
            "3.2_svn",
            "3.2_git",
            "3.2_hg",
            "3.2_p",
        ],
    );
}

#[test]
fn a_suffix_may_have_a_number_and_another_suffix() {
    ascending(
        "apk",
        &[
            "3.2_rc_pre1",
            "3.2_rc",
            "3.2_rc2",
            "3.2_rc10",
            "3.2",
            "3.2_p1",
            "3.2_p1_git4",
        ],
    );
}

#[test]
fn a_letter_is_after_none_and_before_a_further_number() {
    ascending("apk", &["3.2", "3.2-r1", "3.2a", "3.2b-r0", "3.2.1"]);
}

#[test]
fn a_leading_zero_makes_a_decimal_fraction() {
    ascending(
        "apk",
        &["1.0", "1.01", "1.010", "1.02", "1.1", "1.9", "1.10"],
    );
    equal("apk", &["01.5", "1.5"]);
}

#[test]
fn revisions_and_hashes_come_last() {
    ascending("apk", &["6.1", "6.1-r0", "6.1-r1", "6.1-r10"]);
    ascending("apk", &["6.1", "6.1~1a2b", "6.1~1a2c", "6.1~1a2c-r1"]);
}

/// apk 2 went on reading and told the last three apart; apk 3 gives up where it can't read on.
#[test]
fn nothing_counts_from_what_is_no_version_on() {
    ascending("apk", &["6.1?", "6.1", "6.1-r0"]);
    equal("apk", &["6..1", "6..2", "6.x"]);
}
