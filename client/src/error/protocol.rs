//! Whether the other side speaks another protocol than it was addressed by.

use std::error::Error;

use rustls::{AlertDescription, InvalidMessage};

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

/// Why the other side doesn't take the certificate that it was shown, in its words.
pub(super) fn not_taken(error: &(dyn Error + 'static)) -> Option<String> {
    let rustls::Error::AlertReceived(alert) = tls_error(error)? else {
        return None;
    };
    let reason = match alert {
        // A CA that was made anew under its old name signs differently.
        AlertDescription::UnknownCA | AlertDescription::DecryptError => {
            "it is signed by an unknown authority"
        }
        AlertDescription::CertificateExpired => "it is not valid at this time",
        AlertDescription::CertificateRequired => "one is needed, and none was shown",
        AlertDescription::CertificateRevoked => "it was revoked",
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateUnknown
        | AlertDescription::AccessDenied => "it can't be checked, or is not for a client",
        _ => return None,
    };
    Some(reason.to_owned())
}

/// Whether what answered a request was no HTTP.
pub(super) fn is_not_http(error: &(dyn Error + 'static)) -> bool {
    let of_http = |one: &(dyn Error + 'static)| one.downcast_ref().map(hyper::Error::is_parse);
    behind(error).find_map(of_http).unwrap_or(false)
}
