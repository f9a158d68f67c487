//! Reading what a server answers: within bounds, and whatever it is.

use std::time::SystemTime;

use proto_types::ErrorBody;
use reqwest::{Response, StatusCode, header};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::{
    bounds,
    error::{ClientError, Result},
    moved, request, retry_after,
    server::ServerAddress,
};

/// The next piece of an answer, unpacked, or `None` at its end.
///
/// # Errors
/// [`ClientError`]: the answer broke off, or nothing came for too long.
pub(crate) async fn piece(
    response: &mut Response,
    server: &ServerAddress,
) -> Result<Option<impl AsRef<[u8]> + use<>>> {
    let piece = timeout(bounds::IDLE, response.chunk()).await;
    let piece = piece.map_err(|_| ClientError::too_slow(server, bounds::IDLE))?;
    piece.map_err(|source| ClientError::unreachable(server, source))
}

/// A whole answer, of at most `size` bytes.
///
/// # Errors
/// As [`piece`]; the answer is larger, or can't be read.
pub(crate) async fn whole<T: DeserializeOwned>(
    mut response: Response,
    server: &ServerAddress,
    size: usize,
) -> Result<T> {
    let mut bytes = Vec::new();
    while let Some(piece) = piece(&mut response, server).await? {
        let piece = piece.as_ref();
        if bytes.len() + piece.len() > size {
            return Err(ClientError::too_large(server, "the answer", size));
        }
        bytes.extend_from_slice(piece);
    }
    serde_json::from_slice(&bytes).map_err(|reason| ClientError::unreadable(server, &reason))
}

/// What an answer outside 2xx to a request for `path` means.
pub(crate) async fn refusal(response: Response, server: &ServerAddress, path: &str) -> ClientError {
    let status = response.status();
    if is_redirect(status) {
        return moved::moved(server, &response, path);
    }
    let said = |name| response.headers().get(name)?.to_str().ok();
    let retry_after = said(header::RETRY_AFTER)
        .and_then(|value| retry_after::pause(value, said(header::DATE), SystemTime::now()));
    let request = request::id(response.headers());
    match whole::<ErrorBody>(response, server, bounds::REFUSAL).await {
        Ok(body) => ClientError::Refused {
            status: status.as_u16(),
            detail: body.error,
            request,
            retry_after,
        },
        Err(_) => ClientError::NotAssetmon {
            server: server.to_string(),
            status: status.as_u16(),
            retry_after,
        },
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}
