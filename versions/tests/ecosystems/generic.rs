//! The order for types without a rule of their own.

use crate::{ascending, equal};

#[test]
fn numbers_count_by_value_and_trailing_zeros_do_not() {
    for artifact_type in ["binary", "linux-kernel", "no-such-type", ""] {
        ascending(
            artifact_type,
            &["1.9", "1.10", "2", "99999999999999999999999"],
        );
        equal(artifact_type, &["2", "v2", "2.0", "2-0"]);
    }
}

#[test]
fn words_for_prereleases_are_before_the_end_and_others_after_it() {
    ascending(
        "binary",
        &[
            "1.1.1~x",
            "1.1.1-dev",
            "1.1.1-alpha",
            "1.1.1-Beta2",
            "1.1.1-pre1",
            "1.1.1rc1",
            "1.1.1",
            "1.1.1t",
            "1.1.1w",
            "1.1.1.1",
        ],
    );
}

#[test]
fn a_revision_makes_a_version_newer() {
    ascending("bitnami", &["1.27.0", "1.27.0-1", "1.27.0-10", "1.27.1"]);
    ascending("linux-kernel", &["6.1.0-9-amd64", "6.1.0-18-amd64"]);
}
