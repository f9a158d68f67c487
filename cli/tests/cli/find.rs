//! `find`: what is asked, and what the exit status says.

use proto_types::{CoverImage, FindRequest, Group, ListHosts, RelatedArtifact, Summary};
use serde_json::json;

use crate::{
    fake::{COMPLETE, Fake, INCOMPLETE, digest, found, outcome, result},
    lists::hosts,
};

async fn exit_of(results: usize, coverage: proto_types::Coverage) -> i32 {
    let fake = Fake::start().await;
    let results = (0..results).map(|_| result("web1", "nginx")).collect();
    fake.answer::<FindRequest>(&found(results, coverage)).await;
    let (code, ..) = fake.run(&["find", "openssl"]);
    let (quiet, stdout, stderr) = fake.run(&["find", "openssl", "-q"]);
    assert_eq!((quiet, stdout.as_str(), stderr.as_str()), (code, "", ""));
    code
}

#[tokio::test]
async fn the_exit_status_tells_found_proven_and_unproven_apart() {
    assert_eq!(exit_of(1, COMPLETE).await, 0);
    assert_eq!(exit_of(1, INCOMPLETE).await, 0);
    assert_eq!(exit_of(0, COMPLETE).await, 1);
    assert_eq!(exit_of(0, INCOMPLETE).await, 3);
}

/// What is asked by these arguments, besides all of it.
async fn asked(args: &[&str]) -> serde_json::Value {
    let fake = Fake::start().await;
    fake.answer::<FindRequest>(&found(vec![], COMPLETE)).await;
    let (code, _, stderr) = fake.run(&[&["find"], args].concat());
    assert_eq!(code, 1, "{stderr}");
    let mut asked = fake.asked().await.remove(0);
    if asked["limit"] == 0 {
        asked.as_object_mut().unwrap().remove("limit");
    }
    asked
}

#[tokio::test]
async fn every_way_to_write_a_match_asks_the_same() {
    let name = json!({"field": "name", "op": "eq", "value": "openssl"});
    let older = json!({"field": "version", "op": "lt", "value": "3.0.15"});
    let one = json!({"match": [name]});
    assert_eq!(asked(&["openssl"]).await, one);
    assert_eq!(
        asked(&["--field", "name", "--op", "eq", "openssl"]).await,
        one
    );
    assert_eq!(asked(&["--field", "name", "openssl"]).await, one);
    let both = json!({"match": [name, older]});
    assert_eq!(asked(&["openssl", "version<3.0.15"]).await, both);
    let spelled = [
        "--match", "name", "eq", "openssl", "--match", "version", "lt", "3.0.15",
    ];
    assert_eq!(asked(&spelled).await, both);
}

#[tokio::test]
async fn times_groups_and_pages_are_asked_for() {
    let at = asked(&["openssl", "--at", "2026-03-28T12:00Z"]).await;
    assert_eq!(at["at"], "2026-03-28T12:00:00Z");
    let during = asked(&["x", "--during", "2026-03-28T12:00Z..2026-03-29T12:00Z"]).await;
    let range = json!({"from": "2026-03-28T12:00:00Z", "to": "2026-03-29T12:00:00Z"});
    assert_eq!(during["during"], range);
    let grouped = asked(&[
        "x",
        "--group-by",
        "version",
        "--limit",
        "7",
        "--cursor",
        "c",
    ])
    .await;
    assert_eq!(grouped["group_by"], "version");
    assert_eq!(
        (&grouped["limit"], &grouped["cursor"]),
        (&json!(7), &json!("c"))
    );
    assert_eq!(asked(&["x", "--cover"]).await["cover"], true);
}

#[tokio::test]
async fn nothing_to_find_is_an_error_and_asks_nobody() {
    let fake = Fake::start().await;
    let (code, _, stderr) = fake.run(&["find"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("hint: name an artifact"), "{stderr}");
    assert!(fake.asked().await.is_empty());
}

#[tokio::test]
async fn an_unknown_field_or_op_is_answered_with_the_nearest() {
    let fake = Fake::start().await;
    for (args, near) in [
        (["find", "verison<3", "x"], "did you mean `version`?"),
        (["find", "--field", "nme"], "'name'"),
        (["fidn", "x", "y"], "'find'"),
    ] {
        let (code, _, stderr) = fake.run(&args);
        assert_eq!(code, 2, "{stderr}");
        assert!(stderr.contains(near), "{stderr}");
    }
}

#[tokio::test]
async fn the_summary_the_footer_and_the_coverage_are_on_standard_error() {
    let fake = Fake::start().await;
    let mut response = found(vec![result("web1", "nginx")], INCOMPLETE);
    response.total = 1204;
    response.truncated = true;
    response.next_cursor = Some("abc".to_owned());
    response.related = vec![RelatedArtifact {
        artifact_type: "deb".to_owned(),
        name: "libssl3".to_owned(),
        images: 1,
        containers: 12,
        hosts: 2,
    }];
    fake.answer::<FindRequest>(&response).await;
    let (_, stdout, stderr) = fake.run(&["find", "openssl", "--limit", "1"]);
    let stderr = stderr.replace(&fake.server.uri(), "SERVER");
    insta::assert_snapshot!(format!("{stdout}--- stderr\n{stderr}"));
}

#[tokio::test]
async fn a_count_is_one_row_of_counts() {
    let fake = Fake::start().await;
    let results = vec![result("web1", "nginx"), result("web2", "nginx")];
    fake.answer::<FindRequest>(&found(results, COMPLETE)).await;
    let args = [
        "find",
        "openssl",
        "--count",
        "--columns",
        "hosts",
        "--no-headers",
    ];
    let (code, stdout, _) = fake.run(&args);
    assert_eq!((code, stdout.as_str()), (0, "2\n"));
    assert_eq!(fake.asked().await[0]["limit"], 1);
}

#[tokio::test]
async fn versions_are_named_in_their_own_order() {
    let fake = Fake::start().await;
    let mut response = found(vec![], COMPLETE);
    response.results = None;
    response.total = 3;
    let group = |key: &str, label: &str| Group {
        key: key.to_owned(),
        label: Some(label.to_owned()),
        artifacts: 1,
        images: 1,
        containers: 1,
        hosts: 1,
    };
    response.groups = Some(vec![
        group("1.0.10-2", "deb"),
        group("1.0.9-4", "deb"),
        group("1.0.9-4", "rpm"),
    ]);
    fake.answer::<FindRequest>(&response).await;
    let (_, stdout, _) = fake.run(&["find", "x", "--group-by", "version", "-o", "name"]);
    assert_eq!(stdout, "1.0.10-2\n1.0.9-4\n");
}

#[tokio::test]
async fn groups_and_images_to_rebuild_are_listed_in_place_of_results() {
    let fake = Fake::start().await;
    let mut response = found(vec![], COMPLETE);
    response.results = None;
    response.total = 1;
    response.summary = Summary {
        containers: 5,
        hosts: 4,
        images: 1,
        ..Summary::default()
    };
    response.groups = Some(vec![Group {
        key: "3.0.14".to_owned(),
        label: Some("deb".to_owned()),
        artifacts: 1,
        images: 1,
        containers: 5,
        hosts: 4,
    }]);
    fake.answer::<FindRequest>(&response).await;
    let (_, stdout, _) = fake.run(&["find", "openssl", "--group-by", "version"]);
    assert_eq!(
        stdout,
        "VERSION  TYPE  ARTIFACTS  IMAGES  CONTAINERS  HOSTS  SHARE\n\
         3.0.14   deb           1       1           5      4  100%\n"
    );

    let fake = Fake::start().await;
    response.groups = None;
    response.cover = Some(vec![CoverImage {
        image_digest: digest(0xab),
        image_name: "nginx".to_owned(),
        containers: 5,
        hosts: 4,
        hosts_clean: 3,
    }]);
    fake.answer::<FindRequest>(&response).await;
    let (_, stdout, stderr) = fake.run(&["find", "openssl", "--cover", "-o", "name"]);
    assert_eq!(stdout, format!("{}\n", digest(0xab)));
    assert!(
        stderr.contains("rebuild this image and 3 of 4 hosts are clean"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_list_on_standard_input_asks_for_any_of_it() {
    let fake = Fake::start().await;
    fake.answer::<FindRequest>(&found(vec![], COMPLETE)).await;
    fake.answer::<ListHosts>(&hosts()).await;
    let list = "# advisory\nopenssl\n\npkg:npm/x@1\n";
    let (code, _, stderr) = outcome(
        fake.assetctl(&["find", "-f", "-", "host=web*"])
            .write_stdin(list),
    );
    assert_eq!(code, 1, "{stderr}");
    let any = json!([
        {"field": "name", "op": "eq", "value": "openssl"},
        {"field": "purl", "op": "eq", "value": "pkg:npm/x@1"},
    ]);
    assert_eq!(fake.asked().await[0]["any"], any);
    assert!(
        stderr.starts_with("any of 2 names host=web*: nothing found"),
        "{stderr}"
    );
}

#[tokio::test]
async fn an_empty_list_is_an_error_since_it_would_ask_for_everything() {
    let fake = Fake::start().await;
    let (code, _, stderr) = outcome(
        fake.assetctl(&["find", "-f", "-"])
            .write_stdin("# nothing\n"),
    );
    assert_eq!(code, 2);
    assert!(
        stderr.contains("standard input contains no names"),
        "{stderr}"
    );
    assert!(fake.asked().await.is_empty());
}
