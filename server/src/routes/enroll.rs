//! `/api/v1/enroll`: how a machine becomes a host.

use axum::extract::State;
use proto_types::{Enroll, EnrollResponse};

use crate::{
    app::App,
    auth::Anyone,
    error::ApiResult,
    extract::Body,
    reply::Reply,
    store::secret::{self, SecretHash},
};

/// Trades a code for a token. It needs no token: the code is the secret.
pub async fn enroll(
    _: Anyone,
    State(app): State<App>,
    Body(request): Body<Enroll>,
) -> ApiResult<Reply<Enroll>> {
    let token = secret::generate("amh")?;
    let host = app
        .store
        .enroll(SecretHash::of(request.code.trim()), SecretHash::of(&token))
        .await?;
    tracing::info!(host = host.name, "host enrolled");
    let response = EnrollResponse {
        host: host.name,
        token,
    };
    Ok(Reply(response))
}
