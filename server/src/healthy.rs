//! Asking a server that runs whether it is ready, for whatever watches over a container: by its local
//! socket, which needs neither a certificate nor a token.

use std::{
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use anyhow::{Context, bail};

/// How long each step may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// More of an answer is not looked at.
const ANSWER_BYTES: u64 = 4096;

/// Asks for `/readyz`.
///
/// # Errors
/// Nobody answers at the socket, or what does isn't ready: with what it said.
pub fn ask(socket: &Path) -> anyhow::Result<()> {
    let at = || format!("no server answers at {}", socket.display());
    let mut stream = UnixStream::connect(socket).with_context(at)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream
        .write_all(b"GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .with_context(at)?;
    let mut answer = Vec::new();
    stream
        .take(ANSWER_BYTES)
        .read_to_end(&mut answer)
        .with_context(at)?;
    let answer = String::from_utf8_lossy(&answer);
    if !answer.starts_with("HTTP/1.1 200 ") {
        let (_, body) = answer.split_once("\r\n\r\n").unwrap_or(("", &answer));
        bail!("the server isn't ready: {}", body.trim());
    }
    Ok(())
}
