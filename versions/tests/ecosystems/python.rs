//! PEP 440, and setuptools' order for what is older.

use crate::{ascending, equal};

#[test]
fn phases_of_a_release_follow_each_other() {
    ascending(
        "python",
        &[
            "4.0.dev1",
            "4.0a1.dev2",
            "4.0a1",
            "4.0a1.post1",
            "4.0b2",
            "4.0rc1",
            "4.0",
            "4.0+local",
            "4.0.post1.dev3",
            "4.0.post1",
            "4.0.1",
        ],
    );
}

#[test]
fn every_accepted_spelling_is_the_same_version() {
    equal(
        "python",
        &[
            "4.0rc1",
            "4.0-c.1",
            "4.0.PRE_1",
            "v4.0.0preview1",
            " 4rc01 ",
        ],
    );
    equal(
        "python",
        &["4.0.post2", "4.0-2", "4.0r2", "4.0_rev2", "4.0POST.2"],
    );
    equal("python", &["4.0.dev0", "4.0dev", "4.0-dev", "0!4.dev"]);
    equal("python", &["4.0a0", "4.0.alpha", "4.0a."]);
}

#[test]
fn an_epoch_outweighs_the_release() {
    ascending("python", &["2024.1", "1!0.1", "2!0.0.1"]);
}

#[test]
fn local_versions_have_an_order_of_their_own() {
    ascending(
        "python",
        &[
            "2.0",
            "2.0+abc",
            "2.0+abc.5",
            "2.0+abd",
            "2.0+5",
            "2.0+5.1",
            "2.0+10",
        ],
    );
    equal("python", &["2.0+Ubuntu-1", "2.0+ubuntu.1"]);
}

#[test]
fn numbers_may_be_longer_than_any_machine_word() {
    ascending(
        "python",
        &["99999999999999999999998", "99999999999999999999999"],
    );
}

#[test]
fn what_is_no_version_by_pep_440_is_before_all_that_are() {
    ascending(
        "python",
        &[
            "2023-winter",
            "2024-spring",
            "2024-summer",
            "0.0.1.dev0",
            "1.0",
        ],
    );
}

#[test]
fn older_versions_know_prereleases_and_patches() {
    ascending(
        "python",
        &[
            "1.0-x-dev",
            "1.0-x-alpha",
            "1.0-x-rc",
            "1.0-x",
            "1.0-x-patch",
        ],
    );
    equal("python", &["1.0-x-c", "1.0.0-x-rc"]);
}
