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
    let (_, _, stderr) = fleet.run(&["find", "openssl", "host=wbe1"]);
    assert!(stderr.contains("did you mean the host `web1`?"), "{stderr}");
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
    assert_eq!(completed(&["diff", "host:we"]), "host:web1\nhost:web2\n");
}
