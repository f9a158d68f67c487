//! The documentation of `Gem::Version`.

use crate::{ascending, equal};

#[test]
fn any_letter_makes_a_prerelease() {
    ascending(
        "gem",
        &[
            "7.1.a", "7.1.b1", "7.1.b2", "7.1.b10", "7.1.rc", "7.1", "7.1.1",
        ],
    );
}

#[test]
fn zeros_do_not_count_at_the_end_or_before_a_prerelease() {
    equal("gem", &["7", "7.0", "7.0.0"]);
    equal("gem", &["7.rc1", "7.0.rc1", "7.0.0.rc.1"]);
}

#[test]
fn a_hyphen_means_a_prerelease() {
    equal("gem", &["7.1-beta", "7.1.pre.beta"]);
    ascending("gem", &["7.1-java", "7.1"]);
}

#[test]
fn numbers_count_by_value_however_long() {
    ascending(
        "gem",
        &[
            "7.9",
            "7.10",
            "7.99999999999999999999998",
            "7.99999999999999999999999",
        ],
    );
}

#[test]
fn an_underscore_betrays_a_lock_file_s_platform() {
    equal("gem", &["1.15.0", "1.15.0-x86_64-linux"]);
}

#[test]
fn pods_go_by_the_same_rule() {
    ascending("pod", &["5.0.0.beta.1", "5.0.0", "5.0.1"]);
}
