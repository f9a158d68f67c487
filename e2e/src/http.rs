//! Requests as nobody's client would write them: HTTP by hand, so that a body can be wrong.

use std::{
    io::{Read, Write},
    net::Shutdown,
};

use proto_types::{ErrorBody, ErrorCode, ErrorDetail};
use serde::de::DeserializeOwned;

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The body as what it must be.
    ///
    /// # Panics
    /// It is something else.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_str(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{error} in the answer {}: {}", self.status, self.body),
        }
    }

    /// The error that it must be.
    ///
    /// # Panics
    /// It is none, has another code, or a status that doesn't go with the code.
    pub fn error(&self, code: ErrorCode) -> ErrorDetail {
        let error = self.read::<ErrorBody>().error;
        assert_eq!(error.code, code, "{}", self.body);
        assert_eq!(self.status, code.status(), "{}", self.body);
        error
    }
}

/// Sends a request whose body may be shorter than it says, and reads the answer to its end.
pub(crate) fn ask<S: Read + Write>(
    mut stream: S,
    hang_up: impl FnOnce(&S, Shutdown) -> std::io::Result<()>,
    request: &Request<'_>,
) -> std::io::Result<Answer> {
    stream.write_all(request.head().as_bytes())?;
    stream.write_all(request.body)?;
    if request.body.len() < request.length {
        hang_up(&stream, Shutdown::Write)?;
    }
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    Ok(Answer {
        // 0: the server hung up without a word.
        status: status.unwrap_or(0),
        body: body.to_owned(),
    })
}

/// A request.
pub(crate) struct Request<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) token: Option<&'a str>,
    pub(crate) body: &'a [u8],
    /// How long the body is said to be.
    pub(crate) length: usize,
}

impl Request<'_> {
    fn head(&self) -> String {
        let Self {
            method,
            path,
            length,
            ..
        } = self;
        let token = self.token.map_or_else(String::new, |token| {
            format!("Authorization: Bearer {token}\r\n")
        });
        // Version 1.0 has no chunks: the answer is over when the server hangs up.
        format!(
            "{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{token}\r\n"
        )
    }
}
