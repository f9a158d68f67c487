//! The API as a client sees it, without a network: requests into the router, answers out of it.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use assetmon_server::{
    App,
    auth::LocalSocket,
    clock::Clock,
    limits::{Limits, PerMinute},
    router,
    tls::{Certificate, ClientCertificate},
};
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Method, Request, Response, StatusCode},
};
use proto_types::{ErrorBody, ErrorCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::common::{clock_at, open_at};

/// A server, a clock and the tokens of its users.
pub struct Api {
    router: Router,
    clock: Arc<AtomicI64>,
    _dir: Option<TempDir>,
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum As<'t> {
    Nobody,
    Token(&'t str),
    Certificate(&'t Certificate),
    LocalSocket,
}

/// The local socket: an admin.
pub const ADMIN: As<'static> = As::LocalSocket;

impl Api {
    /// A server with nothing in it.
    pub fn new() -> Self {
        Self::limited(PerMinute::default())
    }

    /// The same where a token may ask so often.
    pub fn limited(per_minute: PerMinute) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let api = Self::of(dir.path(), 0, per_minute);
        Self {
            _dir: Some(dir),
            ..api
        }
    }

    /// A server on what is in a folder that goes with it, so many seconds after the start.
    pub fn at(dir: TempDir, seconds: i64) -> Self {
        let api = Self::in_folder(dir.path(), seconds);
        Self {
            _dir: Some(dir),
            ..api
        }
    }

    /// The same on a folder that stays.
    pub fn in_folder(dir: &Path, seconds: i64) -> Self {
        Self::of(dir, seconds, PerMinute::default())
    }

    fn of(dir: &Path, seconds: i64, per_minute: PerMinute) -> Self {
        let clock = clock_at(seconds);
        let store = open_at(dir, &clock).unwrap();
        let mut app = App::new(store, Clock::turned_by(Arc::clone(&clock))).unwrap();
        app.limits = Arc::new(Limits::new(per_minute));
        Self {
            router: router(app),
            clock,
            _dir: None,
        }
    }

    /// Turns the clock on.
    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// Sends a request as it stands.
    pub async fn send(&self, by: As<'_>, request: Request<Body>) -> Answer {
        Answer::of(self.begin(by, request).await).await
    }

    /// The same, until the answer begins.
    pub async fn begin(&self, by: As<'_>, mut request: Request<Body>) -> Response<Body> {
        match by {
            As::Nobody => {}
            As::Token(token) => {
                let value = format!("Bearer {token}").parse().unwrap();
                request.headers_mut().insert("authorization", value);
            }
            As::Certificate(certificate) => {
                let shown = ClientCertificate(Some(Arc::new(certificate.clone())));
                request.extensions_mut().insert(shown);
            }
            As::LocalSocket => {
                request.extensions_mut().insert(LocalSocket);
            }
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends a request with any method and body.
    pub async fn call(&self, by: As<'_>, method: Method, path: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder().method(method).uri(path);
        self.send(by, request.body(body.into()).unwrap()).await
    }

    /// Asks.
    pub async fn get(&self, by: As<'_>, path: &str) -> Answer {
        self.call(by, Method::GET, path, Vec::new()).await
    }

    /// Removes.
    pub async fn delete(&self, by: As<'_>, path: &str) -> Answer {
        self.call(by, Method::DELETE, path, Vec::new()).await
    }

    /// Tells.
    pub async fn post(&self, by: As<'_>, path: &str, body: Value) -> Answer {
        let body = serde_json::to_vec(&body).unwrap();
        self.call(by, Method::POST, path, body).await
    }

    /// Adds a host and enrolls it; its token.
    pub async fn host(&self, name: &str) -> String {
        let added = self
            .post(ADMIN, "/api/v1/hosts", json!({"name": name}))
            .await;
        let code = added.ok()["code"].clone();
        let enrolled = self.post(As::Nobody, "/api/v1/enroll", json!({"code": code}));
        text(&enrolled.await.ok()["token"])
    }

    /// Makes a token.
    pub async fn token(&self, name: &str, role: &str) -> String {
        let made = json!({"name": name, "role": role});
        let made = self.post(ADMIN, "/api/v1/tokens", made).await;
        text(&made.ok()["token"])
    }

    /// Asks for every row, as lines.
    pub async fn stream(&self, path: &str, question: &Value) -> Answer {
        let body = serde_json::to_vec(question).unwrap();
        let request = Request::post(path)
            .header("accept", "application/x-ndjson")
            .body(body.into())
            .unwrap();
        self.send(ADMIN, request).await
    }

    /// Has a host run a container on an image with these artifacts.
    pub async fn run(&self, host: &str, token: &str, containers: &[(&str, u8)], artifacts: &Value) {
        let by = As::Token(token);
        let reported = self
            .post(by, "/api/v1/reports/full", full(host, containers))
            .await;
        for lease in reported.ok()["leases"].as_array().unwrap() {
            let scanned = json!({
                "image": {
                    "digest": lease["image_digest"], "distro": "debian", "distro_version": "12",
                    "artifacts": artifacts,
                },
                "lease": lease["lease"], "generation": lease["generation"],
            });
            let scanned = self.post(by, "/api/v1/reports/scan", scanned).await;
            assert_eq!(scanned.ok()["outcome"], "stored");
        }
    }
}

impl Answer {
    /// The whole of it, once it has ended.
    pub async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let answer = Self {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap(),
        };
        answer.check();
        answer
    }

    /// Its lines of JSON, each of which ends.
    pub fn lines(&self) -> Vec<Value> {
        let text = std::str::from_utf8(&self.body).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'));
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Whatever is not a success carries an error body whose code goes with the status.
    fn check(&self) {
        if self.status.is_success() {
            return;
        }
        let body: Result<ErrorBody, _> = serde_json::from_slice(&self.body);
        let error = body
            .unwrap_or_else(|_| panic!("{}: {:?}", self.status, self.body))
            .error;
        assert_eq!(error.code.status(), self.status.as_u16(), "{error:?}");
        assert!(!error.message.is_empty());
        assert_eq!(self.headers["content-type"], "application/json");
        let asks = self.headers.contains_key("www-authenticate");
        assert_eq!(asks, self.status == StatusCode::UNAUTHORIZED);
    }

    /// The document of a success.
    pub fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{}: {:?}", self.status, self.body);
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The message of a refusal with this code.
    pub fn refused(&self, code: ErrorCode) -> String {
        assert!(!self.status.is_success(), "{:?}", self.body);
        let body: ErrorBody = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body.error.code, code, "{:?}", body.error);
        body.error.message
    }

    /// The way out that a refusal shows.
    pub fn hint(&self) -> String {
        let body: ErrorBody = serde_json::from_slice(&self.body).unwrap();
        body.error.hint.unwrap()
    }
}

/// A JSON string's text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An image's digest.
pub fn digest(number: u8) -> String {
    super::common::image(number).to_string()
}

/// A report of everything that runs.
pub fn full(host: &str, containers: &[(&str, u8)]) -> Value {
    let containers: Vec<Value> = containers
        .iter()
        .map(|(name, image)| {
            json!({
                "name": name, "image_name": format!("image{image}"), "image_digest": digest(*image),
            })
        })
        .collect();
    json!({"host": host, "containers": containers})
}
