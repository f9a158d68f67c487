//! Whether the other side speaks another protocol than it was addressed by.

use std::error::Error;

use rustls::InvalidMessage;

use super::certificate::{behind, tls_error};

/// Whether what answered a handshake was no TLS.
pub(super) fn is_not_tls(error: &(dyn Error + 'static)) -> bool {
    matches!(
        tls_error(error),
        Some(rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType
                | InvalidMessage::UnknownProtocolVersion
                | InvalidMessage::MessageTooLarge
                | InvalidMessage::InvalidEmptyPayload
        ))
    )
}

/// Whether what answered a request was no HTTP.
pub(super) fn is_not_http(error: &(dyn Error + 'static)) -> bool {
    let of_http = |one: &(dyn Error + 'static)| one.downcast_ref().map(hyper::Error::is_parse);
    behind(error).find_map(of_http).unwrap_or(false)
}
