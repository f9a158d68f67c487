//! Nix, opam, R and Haskell.

use crate::{ascending, equal};

#[test]
fn nix_puts_pre_before_the_end_and_words_before_numbers() {
    ascending("nix", &["2.3pre1", "2.3", "2.3a", "2.3.1"]);
    ascending("nix", &["2.3", "2.3q", "2.3.4", "2.20"]);
    equal("nix", &["2.3-4", "2.3.4"]);
}

#[test]
fn opam_orders_as_debian_does_but_for_the_revision() {
    ascending("opam", &["0.9~beta", "0.9", "0.9+1", "0.10"]);
    ascending("opam", &["1.0-1", "1.0-2", "1.0.1"]);
}

#[test]
fn r_and_haskell_count_the_longer_row_as_newer() {
    for artifact_type in ["R-package", "hackage"] {
        ascending(
            artifact_type,
            &["nightly", "0.9", "1.0", "1.0.0", "1.0-1", "1.2", "1.10"],
        );
    }
}
