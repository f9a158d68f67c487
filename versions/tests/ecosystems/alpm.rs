//! vercmp(8).

use crate::{ascending, equal};

#[test]
fn letters_at_the_end_make_a_version_older() {
    ascending(
        "alpm",
        &[
            "2.0a", "2.0b", "2.0beta", "2.0p", "2.0pre", "2.0rc", "2.0", "2.0.a", "2.0.1",
        ],
    );
}

#[test]
fn the_release_counts_only_where_both_have_one() {
    ascending("alpm", &["4.1-1", "4.1-2", "4.2-1"]);
    equal("alpm", &["4.1", "4.1-2"]);
}

#[test]
fn an_epoch_outweighs_everything_else() {
    ascending("alpm", &["20240101-1", "1:1.0-1", "2:0.1-1"]);
}
