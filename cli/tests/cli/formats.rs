//! The formats: what programs read.

use proto_types::{FindRequest, FindResponse};

use crate::fake::{COMPLETE, Fake, found, result};

async fn two_hosts() -> Fake {
    let fake = Fake::start().await;
    let results = vec![
        result("web2", "nginx"),
        result("web1", "=cmd|'x'"),
        result("web2", "=cmd|'x'"),
    ];
    let lines: Vec<String> = results
        .iter()
        .map(|one| serde_json::to_string(one).unwrap())
        .collect();
    fake.answer_lines::<FindRequest>(lines.join("\n") + "\n")
        .await;
    fake.answer::<FindRequest>(&found(results, COMPLETE)).await;
    fake
}

#[tokio::test]
async fn json_is_the_response_document() {
    let fake = two_hosts().await;
    let (code, stdout, _) = fake.run(&["find", "openssl", "-o", "json"]);
    let document: FindResponse = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, document.results.unwrap().len()), (0, 3));
    assert_eq!(document.coverage, COMPLETE);
}

#[tokio::test]
async fn ndjson_is_an_object_a_line_and_streams_when_all_is_wanted() {
    for limit in ["100", "0"] {
        let fake = two_hosts().await;
        let (code, stdout, _) = fake.run(&["find", "openssl", "-o", "ndjson", "--limit", limit]);
        let hosts: Vec<String> = stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|one| one["host"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(
            (code, hosts),
            (0, ["web2", "web1", "web2"].map(String::from).to_vec())
        );
    }
}

#[tokio::test]
async fn csv_has_every_column_and_nothing_that_a_spreadsheet_executes() {
    for limit in ["100", "0"] {
        let fake = two_hosts().await;
        let (_, stdout, _) = fake.run(&["find", "openssl", "-o", "csv", "--limit", limit]);
        insta::assert_snapshot!("csv", stdout);
    }
}

#[tokio::test]
async fn csv_takes_columns_and_leaves_headers_out() {
    let fake = two_hosts().await;
    let args = [
        "find",
        "openssl",
        "-o",
        "csv",
        "--columns",
        "host,container",
        "--no-headers",
    ];
    let (_, stdout, _) = fake.run(&args);
    assert_eq!(stdout, "web2,nginx\nweb1,'=cmd|'x'\nweb2,'=cmd|'x'\n");
}

#[tokio::test]
async fn names_are_the_hosts_once_and_sorted_and_all_of_them() {
    let fake = two_hosts().await;
    let (code, stdout, _) = fake.run(&["find", "openssl", "-o", "name"]);
    assert_eq!((code, stdout.as_str()), (0, "web1\nweb2\n"));
    assert_eq!(fake.asked().await[1]["limit"], 0);
}

#[tokio::test]
async fn a_table_in_a_pipe_is_aligned_uncut_and_in_rfc_3339() {
    let fake = two_hosts().await;
    let (_, stdout, _) = fake.run(&["find", "openssl"]);
    insta::assert_snapshot!(stdout);
    let (_, wide, _) = fake.run(&["find", "openssl", "-o", "wide"]);
    assert!(
        wide.contains("PURL") && wide.contains("pkg:deb/debian"),
        "{wide}"
    );
}

#[tokio::test]
async fn an_unknown_column_is_answered_with_the_nearest() {
    let fake = two_hosts().await;
    let (code, stdout, stderr) = fake.run(&["find", "openssl", "--columns", "hots"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("did you mean `host`?"), "{stderr}");
    let (code, _, stderr) = fake.run(&["find", "openssl", "-o", "json", "--columns", "host"]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("only works with table, wide and csv"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_stream_that_ends_in_an_error_is_an_error() {
    let fake = Fake::start().await;
    let line = serde_json::to_string(&result("web1", "nginx")).unwrap();
    let end = r#"{"error":{"code":"internal","message":"the disk is gone"}}"#;
    fake.answer_lines::<FindRequest>(format!("{line}\n{end}\n"))
        .await;
    fake.answer::<FindRequest>(&found(vec![result("web1", "nginx")], COMPLETE))
        .await;
    let (code, _, stderr) = fake.run(&["find", "x", "-o", "ndjson", "--limit", "0"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("error: the disk is gone"), "{stderr}");
}
