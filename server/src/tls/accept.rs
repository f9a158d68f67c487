//! A connection's beginning: the handshake, or a word to whoever doesn't speak TLS.

use std::{
    io::{self, ErrorKind},
    pin::Pin,
    sync::Arc,
    time::Duration,
};

use axum::{Extension, middleware::AddExtension};
use axum_server::accept::Accept;
use proto_types::{ErrorBody, ErrorCode};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::server::TlsStream;
use tower::Layer;

use super::{
    certificate::{Certificate, ClientCertificate},
    standing::Tls,
};
use crate::error::ApiError;

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How much is read of a connection that is to end, in bytes.
const MOST_READ: u64 = 64 << 10;
/// The first byte of a handshake.
const HANDSHAKE_BEGINS: u8 = 0x16;

/// Accepts connections that speak TLS.
#[derive(Debug, Clone)]
pub struct TlsAcceptor(Tls);

impl TlsAcceptor {
    /// Accepts them with what is in use when they come.
    #[must_use]
    pub const fn new(tls: Tls) -> Self {
        Self(tls)
    }
}

impl<S: Send + 'static> Accept<TcpStream, S> for TlsAcceptor {
    type Stream = TlsStream<TcpStream>;
    type Service = AddExtension<S, ClientCertificate>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let acceptor = tokio_rustls::TlsAcceptor::from(self.0.config());
        let accepted = async move {
            let mut first = [0];
            if stream.peek(&mut first).await? == 0 || first[0] != HANDSHAKE_BEGINS {
                // What the other side makes of it is its own affair.
                let _ = answer(stream).await;
                return Err(ErrorKind::InvalidData.into());
            }
            // The end of an answer would wait for the client's word on what came before it.
            stream.set_nodelay(true)?;
            let stream = match acceptor.accept(stream).into_fallible().await {
                Ok(stream) => stream,
                Err((error, stream)) => {
                    let _ = read_out(stream).await;
                    return Err(error);
                }
            };
            let shown = stream.get_ref().1.peer_certificates();
            let certificate = shown.and_then(|chain| Certificate::read(chain.first()?).ok());
            let layer = Extension(ClientCertificate(certificate.map(Arc::new)));
            Ok((stream, layer.layer(service)))
        };
        Box::pin(async {
            timeout(HANDSHAKE, accepted)
                .await
                .unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
        })
    }
}

/// Ends a connection, but reads what was sent on it before: one that is closed without takes along
/// what it was told last.
async fn read_out(mut stream: TcpStream) -> io::Result<()> {
    stream.shutdown().await?;
    tokio::io::copy(&mut stream.take(MOST_READ), &mut tokio::io::sink()).await?;
    Ok(())
}

/// Answers whoever speaks HTTP without TLS.
async fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(&speak_tls()).await?;
    read_out(stream).await
}

/// The answer to whoever speaks HTTP without TLS.
fn speak_tls() -> Vec<u8> {
    let error = ApiError::new(ErrorCode::InvalidRequest, "this server speaks TLS")
        .hint("address it by https://");
    let body = serde_json::to_string(&ErrorBody { error: error.0 }).unwrap_or_default();
    let length = body.len();
    format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
