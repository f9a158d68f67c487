//! A server that answers what a test tells it, and `assetctl` set up to ask it.

use std::path::Path;

use assert_cmd::Command;
use proto_types::{
    Coverage, Endpoint, ErrorBody, FindResponse, FindResult, ImageDigest, Method, Summary,
};
use serde_json::Value;
use tempfile::TempDir;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

pub use crate::support::{outcome, time};

/// A fake server, and an empty home for `assetctl`.
pub struct Fake {
    pub server: MockServer,
    home: TempDir,
}

impl Fake {
    pub async fn start() -> Self {
        Self {
            server: MockServer::start().await,
            home: tempfile::tempdir().unwrap(),
        }
    }

    /// Answers every request to an endpoint.
    pub async fn answer<E: Endpoint>(&self, answer: &E::Response) {
        self.answer_at::<E>(E::ROUTE, answer).await;
    }

    /// The same, for endpoints whose path holds a name.
    pub async fn answer_at<E: Endpoint>(&self, path: &str, answer: &E::Response) {
        let body = ResponseTemplate::new(E::STATUS).set_body_json(answer);
        self.respond::<E>(path, body).await;
    }

    pub async fn respond<E: Endpoint>(&self, path: &str, response: ResponseTemplate) {
        let method = match E::METHOD {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        };
        Mock::given(matchers::method(method))
            .and(matchers::path(path))
            .respond_with(response)
            .mount(&self.server)
            .await;
    }

    /// Answers lines to those who ask for lines.
    pub async fn answer_lines<E: Endpoint>(&self, lines: String) {
        Mock::given(matchers::path(E::ROUTE))
            .and(matchers::header("accept", "application/x-ndjson"))
            .respond_with(ResponseTemplate::new(200).set_body_string(lines))
            .with_priority(1)
            .mount(&self.server)
            .await;
    }

    /// Refuses with an error body, whatever is asked.
    pub async fn refuse(&self, code: &str, status: u16) {
        let body: ErrorBody = serde_json::from_value(serde_json::json!({
            "error": {"code": code, "message": format!("the server says {code}")}
        }))
        .unwrap();
        Mock::given(matchers::any())
            .respond_with(
                ResponseTemplate::new(status)
                    .insert_header("x-request-id", "01KREFUSED")
                    .set_body_json(body),
            )
            .mount(&self.server)
            .await;
    }

    /// The bodies of everything that was asked, in order.
    pub async fn asked(&self) -> Vec<Value> {
        let requests = self.server.received_requests().await.unwrap();
        let bodies = requests.iter().map(|request| &request.body);
        bodies
            .map(|body| serde_json::from_slice(body).unwrap_or(Value::Null))
            .collect()
    }

    /// The same as they were sent.
    pub async fn bodies(&self) -> Vec<Vec<u8>> {
        let requests = self.server.received_requests().await.unwrap();
        requests.into_iter().map(|request| request.body).collect()
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// `assetctl` with nothing of this machine's settings, told of no server.
    pub fn assetctl_alone(&self) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("assetctl");
        command
            .env_clear()
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home())
            .env("TERM", "xterm");
        command
    }

    /// The same, told to ask the fake server.
    pub fn assetctl(&self, args: &[&str]) -> Command {
        let mut command = self.assetctl_alone();
        command.env("ASSETCTL_SERVER", self.server.uri()).args(args);
        command
    }

    /// Runs it, and answers its exit status, standard output and standard error.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        outcome(&mut self.assetctl(args))
    }
}

pub fn digest(byte: u8) -> ImageDigest {
    ImageDigest::from_bytes([byte; 32])
}

pub const COMPLETE: Coverage = Coverage {
    hosts: 3,
    pending_hosts: 0,
    silent_hosts: 0,
    incomplete_hosts: 0,
    cloned_hosts: 0,
    containers_without_image: 0,
    runtimes_not_looked_at: 0,
    running_images: 2,
    images_without_sbom: 0,
    images_withdrawn: 0,
    images_partial: 0,
    kept_since: None,
    in_future: false,
    complete: true,
};

pub const INCOMPLETE: Coverage = Coverage {
    silent_hosts: 1,
    complete: false,
    ..COMPLETE
};

pub fn result(host: &str, container: &str) -> FindResult {
    FindResult {
        artifact_type: "deb".to_owned(),
        name: "openssl".to_owned(),
        version: "3.0.14-1~deb12u1".to_owned(),
        purl: Some("pkg:deb/debian/openssl@3.0.14-1~deb12u1".to_owned()),
        source: None,
        source_version: None,
        module: None,
        container: container.to_owned(),
        image_name: "docker.io/library/nginx:1.27".to_owned(),
        image_digest: digest(0xab),
        host: host.to_owned(),
        running_since: time("2026-03-28T12:00:00Z"),
        until: None,
    }
}

#[allow(clippy::needless_pass_by_value)] // tests read better without the `&`
pub fn found(results: Vec<FindResult>, coverage: Coverage) -> FindResponse {
    let count = u64::try_from(results.len()).unwrap();
    let summary = Summary {
        artifacts: count.min(1),
        images: count.min(1),
        containers: count,
        hosts: count,
        first_seen: None,
        last_seen: None,
    };
    // From JSON, so that a new optional field doesn't matter here.
    serde_json::from_value(serde_json::json!({
        "summary": summary,
        "results": results,
        "total": count,
        "truncated": false,
        "as_of": "2026-03-30T12:00:00Z",
        "coverage": coverage,
    }))
    .unwrap()
}
