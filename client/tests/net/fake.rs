//! A server made of what a test wants it to say, byte for byte.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use client::Client;

/// A server that a test speaks for.
pub struct Fake {
    pub address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

/// What a client sent.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The first line and the headers, in small letters.
    pub head: String,
    pub body: Vec<u8>,
}

impl Fake {
    /// Answers every connection's one request by `answer`, then closes it.
    pub fn with(answer: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&seen), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, kept) = (stream.unwrap(), Arc::clone(&kept));
                let answer = Arc::clone(&answer);
                std::thread::spawn(move || {
                    let request = read(&stream);
                    kept.lock().unwrap().push(request);
                    answer(&mut stream);
                });
            }
        });
        Self { address, seen }
    }

    /// Answers every request with this status line, headers and body.
    pub fn saying(status: &str, headers: &str, body: &[u8]) -> Self {
        let mut answer = format!(
            "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        answer.extend_from_slice(body);
        Self::with(move |stream| {
            let _ = stream.write_all(&answer);
        })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client with a token.
    pub fn client(&self) -> Client {
        Client::new(self.url().parse().unwrap(), Some("amt_secret".to_owned())).unwrap()
    }

    /// What was sent to it so far.
    pub fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }
}

/// Begins an answer that has no length of its own.
pub fn begin(stream: &mut TcpStream, headers: &str) {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}connection: close\r\n\r\n");
    let _ = stream.write_all(head.as_bytes());
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut request = Request::default();
    while !request.head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut request.head).unwrap_or_default() == 0 {
            return request;
        }
    }
    request.head = request.head.to_lowercase();
    let length = request.head.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
    request.body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut request.body).unwrap();
    request
}
