//! deb-version(7).

use crate::{ascending, equal};

#[test]
fn an_epoch_outweighs_everything_else() {
    ascending("deb", &["9.9-9", "1:0.1-1", "2:0.0-1", "10:0-1"]);
    equal("deb", &["1.4-2", "0:1.4-2", "00:1.4-2"]);
}

#[test]
fn a_tilde_is_before_the_end() {
    ascending(
        "deb",
        &["2.0~~", "2.0~~a", "2.0~", "2.0~beta1", "2.0", "2.0a"],
    );
    ascending(
        "deb",
        &["5.1-1~deb12u1", "5.1-1~deb12u2", "5.1-1", "5.1-1+b1"],
    );
}

#[test]
fn letters_are_before_other_characters() {
    ascending("deb", &["1.0", "1.0a", "1.0z", "1.0+git", "1.0.1"]);
    ascending("deb", &["1.0Z", "1.0a"]);
}

#[test]
fn numbers_count_by_value_however_long() {
    ascending(
        "deb",
        &["0.9", "0.10", "0.100", "0.99999999999999999999999", "1"],
    );
    equal("deb", &["1.02.3", "1.2.03"]);
}

#[test]
fn no_revision_is_revision_zero() {
    equal("deb", &["3.1", "3.1-0", "3.1-00"]);
    ascending("deb", &["3.1", "3.1-0ubuntu1", "3.1-1", "3.1-1ubuntu2"]);
}

#[test]
fn only_the_last_hyphen_begins_the_revision() {
    ascending("deb", &["1.0-rc1-1", "1.0-rc1-2", "1.0-rc2-1"]);
}

#[test]
fn what_dpkg_refuses_still_has_a_place() {
    ascending("deb", &["", "-1", "1", "a:1"]);
}
