//! The PHP manual on `version_compare`, and Composer's article on versions.

use crate::{ascending, equal};

#[test]
fn forms_of_stability_have_their_order() {
    for artifact_type in ["php-composer", "wordpress-plugin", "php-pear", "php-pecl"] {
        ascending(
            artifact_type,
            &[
                "6.2-dev",
                "6.2-alpha1",
                "6.2b1",
                "6.2RC1",
                "6.2-rc2",
                "6.2",
                "6.2-p1",
            ],
        );
    }
}

#[test]
fn version_compare_knows_no_trailing_zeros() {
    ascending(
        "wordpress-plugin",
        &["6.2-anything", "6.2", "6.2.0", "6.2.1"],
    );
    equal("wordpress-plugin", &["6.2-1", "6.2_1", "6.2+1", "6.2.1"]);
}

#[test]
fn composer_fills_up_with_zeros_and_ignores_build_metadata() {
    equal(
        "php-composer",
        &["6.2", "v6.2.0", "6.2.0.0", "6.2+build", "6.2-stable"],
    );
    equal("php-composer", &["6.2-BETA3", "6.2b3"]);
}

#[test]
fn composer_puts_branches_first() {
    ascending("php-composer", &["dev-main", "0.0.1-dev", "0.0.1"]);
}
