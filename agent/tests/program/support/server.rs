//! A server for tests: it answers what it was told to, and remembers what it was asked.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use flate2::read::GzDecoder;
use serde_json::{Value, json};

/// A request: its path, its token and its body, unpacked.
#[derive(Debug, Clone)]
pub struct Request {
    pub path: String,
    pub token: Option<String>,
    pub body: Value,
    pub is_packed: bool,
}

#[derive(Default)]
struct Inner {
    answers: BTreeMap<String, VecDeque<(u16, Value)>>,
    requests: Vec<Request>,
    headers: String,
}

/// A server that is there as long as the test is.
#[derive(Clone)]
pub struct Server {
    inner: Arc<Mutex<Inner>>,
    pub url: String,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Mutex::new(Inner::default()));
        let server = Self { inner, url };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serving.serve(&stream.unwrap());
            }
        });
        server
    }

    /// Answers the next request to `path` this way; without any answer left it is a 200 that asks
    /// for nothing.
    pub fn answers(&self, path: &str, status: u16, body: Value) {
        let path = format!("/api/v1/{path}");
        let mut inner = self.inner.lock().unwrap();
        inner
            .answers
            .entry(path)
            .or_default()
            .push_back((status, body));
    }

    /// Has each answer from now on show this of the server.
    pub fn shows(&self, header: &str, value: &str) {
        let mut inner = self.inner.lock().unwrap();
        inner.headers += &format!("{header}: {value}\r\n");
    }

    /// Leases these images at the next full report.
    pub fn leases(&self, images: &[&str]) {
        self.leases_for(images, 1800);
    }

    pub fn leases_for(&self, images: &[&str], ttl_seconds: u64) {
        self.answers("reports/full", 200, leases(images, ttl_seconds));
    }

    /// The bodies that were sent to `path`.
    pub fn bodies(&self, path: &str) -> Vec<Value> {
        let path = format!("/api/v1/{path}");
        let requests = self.requests().into_iter();
        requests
            .filter(|request| request.path == path)
            .map(|request| request.body)
            .collect()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.inner.lock().unwrap().requests.clone()
    }

    fn serve(&self, stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        // Whoever is killed in the middle of a request sends nothing that counts.
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        let path = line.split(' ').nth(1).unwrap().to_owned();
        let (mut length, mut token, mut is_packed) = (0, None, false);
        loop {
            let mut header = String::new();
            reader.read_line(&mut header).unwrap();
            let Some((name, value)) = header.trim().split_once(": ") else {
                break;
            };
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "content-encoding" => is_packed = value == "gzip",
                "authorization" => token = value.strip_prefix("Bearer ").map(str::to_owned),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        if is_packed {
            let packed = std::mem::take(&mut body);
            let mut unpacked = GzDecoder::new(packed.as_slice());
            unpacked.read_to_end(&mut body).unwrap();
        }
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let (status, answer) = self.note(Request {
            path,
            token,
            body,
            is_packed,
        });
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n{}\r\n",
            answer.len(),
            self.inner.lock().unwrap().headers,
        );
        let mut stream = stream;
        let _ = stream.write_all(format!("{head}{answer}").as_bytes());
    }

    fn note(&self, request: Request) -> (u16, Value) {
        let mut inner = self.inner.lock().unwrap();
        let path = request.path.clone();
        inner.requests.push(request);
        let told = inner.answers.get_mut(&path).and_then(VecDeque::pop_front);
        told.unwrap_or_else(|| {
            let nothing = match path.as_str() {
                "/api/v1/reports/scan" => json!({"outcome": "stored"}),
                "/api/v1/reports/scan-failure" => json!({"quarantined": false}),
                _ => json!({"scan_images": [], "leases": []}),
            };
            (200, nothing)
        })
    }
}

/// An answer to a report that leases these images.
pub fn leases(images: &[&str], ttl_seconds: u64) -> Value {
    let lease = |image: &&str| json!({"image_digest": image, "lease": "l1", "generation": 3, "ttl_seconds": ttl_seconds});
    json!({"scan_images": images, "leases": images.iter().map(lease).collect::<Vec<_>>()})
}

/// An error's body.
pub fn error(code: &str, message: &str) -> Value {
    json!({"error": {"code": code, "message": message}})
}
