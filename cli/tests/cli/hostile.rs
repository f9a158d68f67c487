//! Names that are meant to do harm reach no terminal raw, whatever the format.

use proto_types::{ErrorBody, ErrorCode, ErrorDetail, FindRequest, FindResponse, RelatedArtifact};
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::fake::{COMPLETE, Fake, found, result};

const HOSTILE: &str = "a\x1b[2J\u{202e}b\u{9b}31m\u{200b}\r\n\t\u{2028}\x07\u{7f}c";

fn response() -> FindResponse {
    let mut one = result(HOSTILE, HOSTILE);
    one.name = HOSTILE.to_owned();
    one.version = HOSTILE.to_owned();
    one.artifact_type = HOSTILE.to_owned();
    one.image_name = HOSTILE.to_owned();
    one.purl = Some(HOSTILE.to_owned());
    one.source = Some(HOSTILE.to_owned());
    let mut response = found(vec![one], COMPLETE);
    response.truncated = true;
    response.next_cursor = Some(HOSTILE.to_owned());
    response.related = vec![RelatedArtifact {
        artifact_type: HOSTILE.to_owned(),
        name: HOSTILE.to_owned(),
        images: 1,
        containers: 1,
        hosts: 1,
    }];
    response
}

/// Nothing but text and line ends.
fn assert_harmless(text: &str) {
    let harmful =
        |one: char| (one.is_control() && one != '\n') || "\u{202e}\u{200b}\u{2028}".contains(one);
    assert!(!text.contains(harmful), "{text:?}");
}

#[tokio::test]
async fn no_format_lets_a_control_through() {
    let fake = Fake::start().await;
    let response = response();
    let line = serde_json::to_string(&response.results.as_ref().unwrap()[0]).unwrap();
    fake.answer_lines::<FindRequest>(line + "\n").await;
    fake.answer::<FindRequest>(&response).await;
    let last = FindResponse {
        truncated: false,
        ..response
    };
    Mock::given(matchers::body_string_contains("\"cursor\""))
        .respond_with(ResponseTemplate::new(200).set_body_json(last))
        .with_priority(2)
        .mount(&fake.server)
        .await;
    for format in ["table", "wide", "json", "ndjson", "csv", "name"] {
        for limit in ["100", "0"] {
            let args = ["find", "openssl", "-o", format, "--limit", limit];
            let (code, stdout, stderr) = fake.run(&args);
            assert_eq!(code, 0, "{stderr}");
            assert_harmless(&stdout);
            assert_harmless(&stderr);
            let escaped = if format.contains("json") {
                r"\u001b[2J\u202e"
            } else {
                r"\x1b[2J\u{202e}"
            };
            assert!(stdout.contains(escaped), "{format}: {stdout}");
        }
    }
}

#[tokio::test]
async fn json_still_says_exactly_what_the_server_said() {
    let fake = Fake::start().await;
    fake.answer::<FindRequest>(&response()).await;
    let (_, stdout, _) = fake.run(&["find", "openssl", "-o", "json", "--limit", "1"]);
    assert_eq!(
        serde_json::from_str::<FindResponse>(&stdout).unwrap(),
        response()
    );
}

#[tokio::test]
async fn an_error_of_the_server_is_made_harmless_too() {
    let fake = Fake::start().await;
    let body = ErrorBody {
        error: ErrorDetail {
            code: ErrorCode::InvalidRequest,
            message: HOSTILE.to_owned(),
            hint: Some(HOSTILE.to_owned()),
            last_seq: None,
        },
    };
    let answer = ResponseTemplate::new(400).set_body_json(body);
    fake.respond::<FindRequest>("/api/v1/find", answer).await;
    let (code, _, stderr) = fake.run(&["find", "openssl"]);
    assert_eq!(code, 2);
    assert_harmless(&stderr);
    assert!(stderr.starts_with(r"error: a\x1b[2J\u{202e}b"), "{stderr}");
}
