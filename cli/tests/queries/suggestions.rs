//! "Did you mean", from the names that the server knows, and completions of them.

use crate::{fleet::outcome, history};

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_finds_nothing_gets_the_nearest_one() {
    let fleet = history::fleet().await;
    for (typed, near) in [
        ("opnessl", "openssl"),
        ("openssk", "openssl"),
        ("iopenssl", "openssl"),
        ("lodahs", "lodash"),
    ] {
        let (status, _, stderr) = fleet.run(&["find", typed]);
        assert_eq!(status, 1, "{stderr}");
        assert!(
            stderr.contains(&format!("hint: did you mean `{near}`?")),
            "{stderr}"
        );
        let (_, _, stderr) = fleet.run(&["find", typed, "-q"]);
        assert_eq!(stderr, "");
    }
    for known_or_far in [
        &["find", "openssl", "host=db1", "version>9"][..],
        &["find", "qqqqqq"],
        &["find", "xz-utils"],
    ] {
        let (_, _, stderr) = fleet.run(known_or_far);
        assert!(!stderr.contains("did you mean"), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_may_be_meant_of_the_source_gets_the_term_for_that() {
    let fleet = history::fleet().await;
    let hint = "for the version of the source itself, use 'source_version<3.0.12'";
    for (version, status) in [("version<3.0.12", 0), ("version<3.0.1", 1)] {
        let (found, _, stderr) = fleet.run(&["find", "source=openssl", version]);
        assert_eq!(found, status, "{stderr}");
        let hint = hint.replace("version<3.0.12", version);
        assert!(stderr.contains(&hint), "{stderr}");
    }
    for silent in [
        &["find", "source=openssl", "version<3.0.12", "-q"][..],
        &["find", "source=openssl", "source_version<3.0.12"],
        &["find", "openssl", "version<3.0.12"],
    ] {
        let (status, _, stderr) = fleet.run(silent);
        assert_eq!(status, 0, "{stderr}");
        assert!(!stderr.contains("of the source itself"), "{stderr}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_artifacts_and_sides_are_completed_from_the_server() {
    let fleet = history::fleet().await;
    let completed = |words: &[&str]| {
        let mut command = fleet.assetctl(&["--", "assetctl"]);
        let (status, stdout, stderr) =
            outcome(command.args(words).env("ASSETCTL_COMPLETE", "fish"));
        assert_eq!((status, stderr.as_str()), (0, ""));
        stdout
    };
    assert_eq!(completed(&["find", "lib"]), "libcrypto3\nlibssl3\n");
    assert_eq!(
        completed(&["find", "pkg:npm/lo"]),
        "pkg:npm/lodash@4.17.20\n"
    );
    assert_eq!(
        completed(&["find", "--field", "source_"]),
        "source_version\n"
    );
    assert_eq!(completed(&["diff", "host:we"]), "host:web1\nhost:web2\n");
}
