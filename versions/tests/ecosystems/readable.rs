//! What is a version to its ecosystem, and what only has a place.

use proptest::prelude::*;
use versions::is_readable;

/// Ecosystems, what is a version there, and what isn't.
const ROWS: &[(&str, &[&str], &[&str])] = &[
    (
        "deb",
        &["1:2.36-9+deb12u4", "0", "2.03.16-2"],
        &["", "1:", "unknown"],
    ),
    (
        "rpm",
        &["4:5.26.3-422.el8", "r1234-1.el8"],
        &["(none)", "0:"],
    ),
    ("apk", &["3.3.1-r0", "0_git20240101-r1"], &["", "edge"]),
    (
        "go-module",
        &[
            "v1.2.3",
            "1.22.1",
            "go1.22rc1",
            "v2.0.0+incompatible",
            "v0.0.0-20220722155237-a158d28d115b",
        ],
        &["(devel)", "UNKNOWN", "", "v1.2.3.4"],
    ),
    (
        "python",
        &["2.0.0-rc1", "1!2.0", "1.0+local"],
        &["2004d", "unknown", ""],
    ),
    (
        "npm",
        &["1.2.3", "v1.2.3-rc.1", "=1.2"],
        &["latest", "file:..", ""],
    ),
    ("php-composer", &["v5.4.1"], &["dev-master"]),
    ("gem", &["1.0.a"], &["v1", ""]),
    (
        "java-archive",
        &["1.0-SNAPSHOT", "r09", "Finchley.SR2"],
        &["${project.version}", "unspecified"],
    ),
    ("bitnami", &["7.4.0-0", "1.8.442-7-1"], &["latest"]),
];

#[test]
fn a_version_is_told_from_what_only_stands_in_its_place() {
    for (artifact_type, readable, unreadable) in ROWS {
        for version in *readable {
            assert!(
                is_readable(artifact_type, version),
                "{artifact_type} {version:?}"
            );
        }
        for version in *unreadable {
            assert!(
                !is_readable(artifact_type, version),
                "{artifact_type} {version:?}"
            );
        }
    }
}

#[test]
fn what_is_longer_than_any_version_is_none() {
    assert!(!is_readable("deb", &"1".repeat(2_000)));
}

proptest! {
    #[test]
    fn any_text_is_one_or_none(artifact_type in "[a-z-]{0,10}|deb|rpm|python|go-module", version in ".{0,30}") {
        let _ = is_readable(&artifact_type, &version);
    }
}
