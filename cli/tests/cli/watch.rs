//! `find --watch` where the server comes and goes.

use proto_types::{Endpoint, FindRequest};
use wiremock::{Mock, ResponseTemplate, matchers};

use crate::fake::{COMPLETE, Fake, INCOMPLETE, found, result};

/// Answers the next so many requests like this.
async fn next(fake: &Fake, times: u64, priority: u8, response: ResponseTemplate) {
    Mock::given(matchers::path(FindRequest::ROUTE))
        .respond_with(response)
        .up_to_n_times(times)
        .with_priority(priority)
        .mount(&fake.server)
        .await;
}

#[tokio::test]
async fn a_server_that_is_away_for_a_while_ends_no_watch() {
    let fake = Fake::start().await;
    let some = found(vec![result("web1", "nginx")], COMPLETE);
    let line = serde_json::to_string(&some.results.as_ref().unwrap()[0]).unwrap();
    next(&fake, 1, 1, ResponseTemplate::new(200).set_body_json(&some)).await;
    next(
        &fake,
        1,
        2,
        ResponseTemplate::new(200).set_body_string(line),
    )
    .await;
    next(&fake, 1, 3, ResponseTemplate::new(502)).await;
    let unproven = ResponseTemplate::new(200).set_body_json(found(vec![], INCOMPLETE));
    next(&fake, 1, 4, unproven).await;
    let empty = ResponseTemplate::new(200).set_body_json(found(vec![], COMPLETE));
    next(&fake, 9, 5, empty).await;
    let args = ["find", "openssl", "--watch", "1s", "--exit-when-empty"];
    let (status, stdout, stderr) = fake.run(&args);
    assert_eq!(status, 0, "{stderr}");
    let events: Vec<&str> = stdout.lines().map(|line| &line[..15]).collect();
    assert_eq!(events, [r#"{"event":"came""#, r#"{"event":"went""#]);
    assert!(stderr.contains("with status 502"), "{stderr}");
    assert!(
        stderr.contains("not proven (1 host silent): still watching"),
        "{stderr}"
    );
}

#[tokio::test]
async fn a_first_answer_that_is_an_error_ends_it() {
    let fake = Fake::start().await;
    fake.refuse("unavailable", 503).await;
    assert_eq!(fake.run(&["find", "openssl", "--watch", "1s"]).0, 2);
    let fake = Fake::start().await;
    fake.refuse("unauthorized", 401).await;
    assert_eq!(fake.run(&["find", "openssl", "--watch", "1s"]).0, 4);
}
