//! `/api/v1/tokens…`: the tokens of readers and admins.

use axum::extract::State;
use model::accept;
use proto_types::{
    CreateToken, CreateTokenResponse, Done, ErrorCode, ListTokens, RevokeToken, TokensResponse,
};

use crate::{
    app::App,
    audit::Action,
    auth::Admin,
    error::{ApiError, ApiResult},
    extract::{Body, Segment},
    reply::Reply,
    store::secret::{self, SecretHash},
    tls::Certificate,
};

/// Makes a token.
pub async fn create(
    Admin(actor): Admin,
    State(app): State<App>,
    Body(request): Body<CreateToken>,
) -> ApiResult<Reply<CreateToken>> {
    accept::token(&request)?;
    let (token, hash) = match request.certificate.as_deref() {
        Some(pem) => (String::new(), key(pem)?),
        None => {
            let token = secret::generate("amt")?;
            let hash = SecretHash::of(&token);
            (token, hash)
        }
    };
    let (name, role) = (request.name.clone(), request.role);
    let create = async move { app.store.create_token(request, hash).await };
    let subject = format!("{} ({})", name, role.as_str());
    let expires_at = actor.does(Action::CreateToken, subject, create).await?;
    let response = CreateTokenResponse {
        name,
        role,
        token,
        expires_at,
    };
    Ok(Reply(response))
}

/// What proves the holder of a certificate.
fn key(pem: &str) -> ApiResult<SecretHash> {
    Certificate::from_pem(pem)
        .map(|certificate| certificate.key)
        .map_err(|error| {
            let message = format!("the certificate can't be bound: {error:#}");
            ApiError::new(ErrorCode::InvalidRequest, message)
        })
}

/// Lists the tokens.
pub async fn list(_: Admin, State(app): State<App>) -> ApiResult<Reply<ListTokens>> {
    let tokens = app.store.tokens(app.clock.now()).await?;
    Ok(Reply(TokensResponse { tokens }))
}

/// Revokes a token.
pub async fn revoke(
    Admin(actor): Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<RevokeToken>> {
    let subject = name.clone();
    let revoke = async move { app.store.revoke_token(name).await };
    actor.does(Action::RevokeToken, subject, revoke).await?;
    Ok(Reply(Done {}))
}
