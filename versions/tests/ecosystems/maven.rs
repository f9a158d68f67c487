//! The POM reference, "version order specification", and `ComparableVersion` of Maven 3.8.

use crate::{ascending, equal};

#[test]
fn known_qualifiers_have_their_order_and_unknown_ones_come_after() {
    ascending(
        "java-archive",
        &[
            "5-alpha",
            "5-beta",
            "5-milestone",
            "5-rc",
            "5-SNAPSHOT",
            "5",
            "5-sp",
            "5-android",
            "5-jre",
            "5-1",
            "5.1",
        ],
    );
}

#[test]
fn qualifiers_have_other_names_in_any_case() {
    equal(
        "java-archive",
        &["5", "5.0", "5-ga", "5.Final", "5-RELEASE", "5.0-0"],
    );
    equal("java-archive", &["5-rc", "5-CR"]);
    equal("java-archive", &["5-a1", "5alpha1", "5-Alpha-1"]);
    ascending("java-archive", &["5-alpha", "5-a"]);
}

#[test]
fn a_dot_before_the_last_qualifier_is_a_hyphen() {
    equal("java-archive", &["5.1.x", "5.1-x"]);
    equal("java-archive", &["5.1.RC2", "5.1-RC2"]);
}

#[test]
fn a_number_after_a_hyphen_is_before_one_after_a_dot() {
    ascending("java-archive", &["5.1", "5.1-1", "5.1-2", "5.1.1"]);
}

#[test]
fn numbers_count_by_value_however_long() {
    equal("java-archive", &["5.01", "5.1"]);
    ascending(
        "java-archive",
        &["5.9", "5.10", "5.20240101120000", "5.99999999999999999999"],
    );
}

/// The POM reference says equal; `ComparableVersion` nests the number one list deeper.
#[test]
fn a_release_word_between_hyphens_still_opens_a_list() {
    ascending("java-archive", &["5-ga-1", "5-1"]);
}
