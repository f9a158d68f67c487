//! What is typed wrong gets a clear error and the status that the contract gives it, or the right
//! answer.

use crate::{
    fleet::{
        Fleet,
        images::{builder, debian},
        time,
    },
    history,
};

/// Fails with 2, and says this on standard error.
fn refused(fleet: &Fleet, args: &[&str], said: &[&str]) {
    let (status, stdout, stderr) = fleet.run(args);
    assert_eq!((status, stdout.as_str()), (2, ""), "{args:?}: {stderr}");
    for piece in said {
        assert!(stderr.contains(piece), "{args:?}: {stderr}");
    }
    assert!(stderr.starts_with("error: "), "{args:?}: {stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_regular_expression_that_would_blow_up_is_refused_or_answered_at_once() {
    let fleet = history::fleet().await;
    let began = std::time::Instant::now();
    refused(
        &fleet,
        &["find", "name~((a{100}){100}){100}"],
        &["is not a usable regular expression", "size limit"],
    );
    refused(
        &fleet,
        &["find", "name~(a"],
        &["is not a usable regular expression", "unclosed group"],
    );
    // What makes a backtracking engine hang is nothing to this one.
    let (status, ..) = fleet.run(&["find", "name~^(a+)+$"]);
    assert_eq!(status, 1);
    assert!(began.elapsed().as_secs() < 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_or_a_range_that_is_none_is_refused() {
    let fleet = history::fleet().await;
    refused(
        &fleet,
        &["find", "x", "--at", "the ides"],
        &["`the ides` is not a time", "yesterday"],
    );
    refused(
        &fleet,
        &["find", "x", "--during", "now..2h"],
        &["`now..2h` ends before it begins"],
    );
    refused(
        &fleet,
        &["find", "x", "--during", "2024-03-28..2024-03-28"],
        &["ends before it begins"],
    );
    refused(
        &fleet,
        &["changes", "--since", "soon"],
        &["`soon` is not a time"],
    );
    refused(
        &fleet,
        &["diff", "host:web1@soon", "host:web1"],
        &["`soon` is not a time"],
    );
    refused(
        &fleet,
        &["sbom", "host:web1@soon"],
        &["`soon` is not a time"],
    );
    refused(
        &fleet,
        &["find", "x", "--watch", "often"],
        &["`often` is not a duration"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_with_nothing_is_refused() {
    let fleet = history::fleet().await;
    refused(
        &fleet,
        &["find", "openssl", "version<"],
        &[
            "`version<` has no value after `<`",
            "hint: write the whole term as one quoted word: 'version<3.0.15'",
        ],
    );
    refused(
        &fleet,
        &["find", "--match", "version", "lt", ""],
        &["has no version to compare with"],
    );
    refused(
        &fleet,
        &["find", "name<3"],
        &["can't order the field `name`"],
    );
    refused(&fleet, &["find", ""], &["an empty term"]);
    refused(&fleet, &["find", "host=[a"], &["is not a usable glob"]);
    refused(
        &fleet,
        &["find", "image_digest=sha256:12"],
        &["64 hexadecimal digits"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_prefix_that_fits_several_images_lists_them() {
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    let (one, two) = (builder(0xab, "5.6.1-1"), builder(0xac, "5.4.5-1"));
    fleet.enroll("web1").await;
    fleet.runs("web1", &[("a", &one), ("b", &two)]).await;
    for args in [
        &["image", "a"][..],
        &["sbom", "a"],
        &["diff", "a", "ab"],
        &["containers", "--image", "a"],
    ] {
        refused(
            &fleet,
            args,
            &[
                "2 image digests start with `a`",
                &"ab".repeat(32),
                &"ac".repeat(32),
            ],
        );
    }
    refused(
        &fleet,
        &["diff", "ab", "ff"],
        &["there is no image or host `ff`"],
    );
    refused(
        &fleet,
        &["diff", "ab", "wbe1"],
        &[
            "there is no image or host `wbe1`",
            "did you mean `host:web1`?",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_that_are_none_get_the_nearest_one() {
    let fleet = history::fleet().await;
    for args in [
        &["diff", "host:wbe1", "host:web1"][..],
        &["diff", "host:web1", "host:wbe1@yesterday"],
        &["sbom", "host:wbe1"],
        &["changes", "--since", "3d", "--host", "wbe1"],
        &["changes", "--follow", "--host", "wbe1"],
    ] {
        refused(
            &fleet,
            args,
            &["there is no host `wbe1`", "did you mean `web1`?"],
        );
    }
    refused(&fleet, &["diff", "host:", "host:web1"], &["names no host"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn formats_that_do_not_go_together_are_refused() {
    let fleet = history::fleet().await;
    refused(
        &fleet,
        &["find", "x", "--evidence"],
        &["`--evidence` only works with `-o csv`"],
    );
    refused(
        &fleet,
        &["find", "x", "--watch", "1s", "-o", "json"],
        &["`-o ndjson`"],
    );
    refused(
        &fleet,
        &["find", "x", "--watch", "1s", "--group-by", "host"],
        &["not counts"],
    );
    refused(
        &fleet,
        &["changes", "--follow", "-o", "json"],
        &["`--follow` cannot be used with `-o json`"],
    );
    refused(&fleet, &["sbom", "4c4c", "-o", "csv"], &["use `--format`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_sbom_that_is_missing_or_partial_is_not_passed_over_in_silence() {
    let mut fleet = Fleet::start(time("2026-01-01T00:00:00Z")).await;
    let mut partial = debian(0xab, "partial:1", vec![]);
    partial.status = proto_types::ScanStatus::Partial;
    let unscanned = debian(0xcd, "unscanned:1", vec![]);
    fleet.knows(&partial);
    fleet.enroll("web1").await;
    fleet
        .runs("web1", &[("a", &partial), ("b", &unscanned)])
        .await;
    let (status, stdout, stderr) = fleet.run(&["sbom", "ab"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(stdout.contains("\"incomplete\""), "{stdout}");
    assert!(stderr.contains("no complete SBOM"), "{stderr}");
    refused(&fleet, &["sbom", "cd"], &["has no SBOM yet"]);
    let (status, _, stderr) = fleet.run(&["sbom", "host:web1", "--format", "spdx-json"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stderr.contains("host:web1: 1 image has no SBOM; 1 image has a partial SBOM"),
        "{stderr}"
    );
    let (status, _, stderr) = fleet.run(&["diff", "host:web1", "host:web1"]);
    assert_eq!(status, 0, "{stderr}");
    assert!(
        stderr.starts_with("no difference: both contain 0 artifacts"),
        "{stderr}"
    );
    assert!(stderr.contains("1 image has no SBOM"), "{stderr}");
}
