//! `/api/v1/enroll`: how a machine becomes a host.

use axum::extract::State;
use proto_types::{Enroll, EnrollResponse, ErrorCode, Timestamp};

use crate::{
    app::App,
    auth::Anyone,
    error::{ApiError, ApiResult},
    extract::Body,
    reply::Reply,
    store::secret::{self, SecretHash},
    tls::ClientCertificate,
};

/// What proves the holder of the certificate that was shown.
fn key(shown: ClientCertificate, now: Timestamp) -> ApiResult<SecretHash> {
    match shown.0 {
        Some(certificate) if certificate.is_good(now) => Ok(certificate.key),
        _ => Err(ApiError::new(
            ErrorCode::InvalidRequest,
            "no client certificate came with the request",
        )
        .hint("the server takes those of the CAs in its setting tls_client_ca")),
    }
}

/// Trades a code for a token, or for the word that a certificate is the host's. It needs no token:
/// the code is the secret.
pub async fn enroll(
    _: Anyone,
    State(app): State<App>,
    shown: ClientCertificate,
    Body(request): Body<Enroll>,
) -> ApiResult<Reply<Enroll>> {
    let (token, proof) = match request.certificate {
        true => (String::new(), key(shown, app.clock.now())?),
        false => {
            let token = secret::generate("amh")?;
            let proof = SecretHash::of(&token);
            (token, proof)
        }
    };
    let code = SecretHash::of(request.code.trim());
    let host = app.store.enroll(code, proof).await?;
    tracing::info!(host = host.name, "host enrolled");
    let response = EnrollResponse {
        host: host.name,
        token,
    };
    Ok(Reply(response))
}
