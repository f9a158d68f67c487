//! The Package Manager Specification, section 3.3.

use crate::{ascending, equal};

#[test]
fn suffixes_are_before_or_after_none() {
    ascending(
        "portage",
        &[
            "8.1_alpha",
            "8.1_beta2",
            "8.1_pre",
            "8.1_rc3",
            "8.1",
            "8.1-r1",
            "8.1_p",
            "8.1_p1",
        ],
    );
    ascending("portage", &["8.1_p1_alpha", "8.1_p1", "8.1_p1_p2"]);
}

#[test]
fn a_leading_zero_makes_a_decimal_fraction() {
    ascending(
        "portage",
        &["8.01", "8.1", "8.9", "8.10", "8.10a", "8.10.0"],
    );
    equal("portage", &["8.01", "8.010"]);
}

#[test]
fn what_is_no_version_is_before_all_that_are() {
    ascending("portage", &["8.1-rx", "0.0.1"]);
}
