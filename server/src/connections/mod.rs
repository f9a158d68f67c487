//! Connections: how many there may be, and how long one may keep the server waiting.
//!
//! Whoever can reach the port can open connections without a token, so none may be kept for
//! nothing, and they never take all the files that the process may open: the database and the
//! local socket keep theirs. A head has its time to come in, and so has a connection that nothing
//! is asked on; a body has a pace (`extract::pace`), and a client that takes in nothing of its answer is
//! waited for no longer than a while.

mod bounded;
mod bounds;
mod files;
mod trouble;
mod watched;

use axum_server::{Address, Server};

pub use bounded::Bounded;
use bounds::{HEAD, HEAD_BYTES};
pub use files::{most, raise_files};
use trouble::Trouble;

/// A server whose connections are bounded in time and memory, and speak HTTP/1 alone.
#[must_use]
pub fn bounded<A: Address, B>(server: Server<A, B>) -> Server<A, B> {
    let trouble = Trouble::default();
    let mut server = server
        .http1_only()
        .accept_error_handler(move |peer, error| trouble.heard(peer.is_some(), error));
    server
        .http_builder()
        .http1()
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_BYTES);
    server
}
