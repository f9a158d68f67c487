//! The local socket's connections: which process is at their other end.

use std::{future::Ready, io};

use axum::{Extension, middleware::AddExtension};
use axum_server::accept::Accept;
use tokio::net::UnixStream;
use tower::Layer;

use crate::audit::SocketPeer;

/// Accepts connections, and notes who is at their other end.
#[derive(Debug, Clone, Copy)]
pub struct SocketAcceptor;

impl<S> Accept<UnixStream, S> for SocketAcceptor {
    type Stream = UnixStream;
    type Service = AddExtension<S, SocketPeer>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: UnixStream, service: S) -> Self::Future {
        // Who may open the socket is an admin, whether the system says who it is or not.
        let peer = stream.peer_cred().map_or_else(
            |_| SocketPeer::default(),
            |of| SocketPeer {
                uid: Some(of.uid()),
                pid: of.pid(),
            },
        );
        std::future::ready(Ok((stream, Extension(peer).layer(service))))
    }
}
