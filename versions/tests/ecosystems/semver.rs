//! Semantic Versioning 2.0.0, section 11, and the ecosystems that go by it or nearly so.

use crate::{ascending, equal};

const SEMVER: [&str; 5] = ["npm", "rust-crate", "hex", "swift", "terraform"];

#[test]
fn a_prerelease_is_before_its_release() {
    let row = [
        "2.0.0-1",
        "2.0.0-2",
        "2.0.0-10",
        "2.0.0-A",
        "2.0.0-a",
        "2.0.0-a.1",
        "2.0.0-a.b",
        "2.0.0",
    ];
    for artifact_type in SEMVER.into_iter().chain(["go-module", "dart-pub"]) {
        ascending(artifact_type, &row);
    }
}

#[test]
fn numbers_count_by_value_however_long() {
    for artifact_type in SEMVER
        .into_iter()
        .chain(["go-module", "dart-pub", "dotnet"])
    {
        ascending(
            artifact_type,
            &[
                "0.2.0",
                "0.10.0",
                "0.10.99999999999999999999",
                "9.0.0",
                "10.0.0",
            ],
        );
    }
}

#[test]
fn build_metadata_does_not_count() {
    for artifact_type in SEMVER.into_iter().chain(["go-module", "dotnet"]) {
        equal(artifact_type, &["2.1.0", "2.1.0+5", "2.1.0+build.6"]);
    }
}

#[test]
fn npm_accepts_loose_and_partial_versions() {
    equal("npm", &["2.1.0", "v2.1.0", "=2.1.0", "= v2.1", "02.01.00"]);
    equal("npm", &["2.1.0-rc1", "2.1.0rc1"]);
    ascending("npm", &["latest", "0.0.1", "2.1", "2.1.1", "3"]);
}

#[test]
fn go_takes_pseudo_versions_for_prereleases() {
    ascending(
        "go-module",
        &[
            "v0.0.0-20230102030405-0123456789ab",
            "v0.0.0-20240102030405-abcdef012345",
            "v1.2.3-0.20240102030405-abcdef012345",
            "v1.2.3",
            "v1.2.4-0.20240102030405-abcdef012345",
        ],
    );
}

#[test]
fn go_ignores_what_marks_a_version_incompatible() {
    equal(
        "go-module",
        &["v4.0.0+incompatible", "v4.0.0", "4.0.0", "v4", "v4.0"],
    );
}

#[test]
fn go_puts_invalid_versions_first() {
    ascending("go-module", &["(devel)", "v0.0.1"]);
    ascending("go-module", &["v3.02.0", "v1.0.0"]);
    ascending("go-module", &["v3.0.0.1", "v1.0.0"]);
}

#[test]
fn the_go_toolchain_has_its_own_spelling() {
    ascending(
        "go-module",
        &["go1.21.9", "go1.22rc1", "go1.22rc2", "1.22.0", "go1.22.1"],
    );
}

#[test]
fn nuget_has_four_numbers_and_no_letter_case() {
    ascending(
        "dotnet",
        &["6.0.1-beta.2", "6.0.1", "6.0.1.1", "6.0.1.10", "6.0.2"],
    );
    equal("dotnet", &["6.0.1-BETA", "6.0.1.0-beta"]);
}

#[test]
fn pub_counts_build_metadata() {
    ascending(
        "dart-pub",
        &[
            "2.1.0-dev",
            "2.1.0",
            "2.1.0+1",
            "2.1.0+2",
            "2.1.0+10",
            "2.1.1",
        ],
    );
}
