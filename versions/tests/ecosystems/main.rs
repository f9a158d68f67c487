//! What each ecosystem's rule promises, as rows of versions from the oldest to the newest.

use std::cmp::Ordering;

mod alpm;
mod any_type;
mod apk;
mod deb;
mod epoch;
mod gem;
mod generic;
mod maven;
mod others;
mod php;
mod portage;
mod python;
mod readable;
mod rpm;
mod semver;
mod sorting;

/// Every version is older than all that stand after it.
#[track_caller]
fn ascending(artifact_type: &str, versions: &[&str]) {
    for (place, a) in versions.iter().enumerate() {
        for b in versions.iter().skip(place + 1) {
            assert_order(artifact_type, a, b, Ordering::Less);
        }
    }
}

/// All versions are of equal age.
#[track_caller]
fn equal(artifact_type: &str, versions: &[&str]) {
    for a in versions {
        for b in versions {
            assert_order(artifact_type, a, b, Ordering::Equal);
        }
    }
}

#[track_caller]
fn assert_order(artifact_type: &str, a: &str, b: &str, order: Ordering) {
    let found = versions::compare(artifact_type, a, b);
    assert_eq!(found, order, "{artifact_type}: {a:?} against {b:?}");
    let reversed = versions::compare(artifact_type, b, a);
    assert_eq!(
        reversed,
        order.reverse(),
        "{artifact_type}: {b:?} against {a:?}"
    );
}
