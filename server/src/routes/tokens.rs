//! `/api/v1/tokens…`: the tokens of readers and admins.

use axum::extract::State;
use model::accept;
use proto_types::{
    CreateToken, CreateTokenResponse, Done, ListTokens, RevokeToken, TokensResponse,
};

use crate::{
    app::App,
    auth::Admin,
    error::ApiResult,
    extract::{Body, Segment},
    reply::Reply,
    store::secret::{self, SecretHash},
};

/// Makes a token.
pub async fn create(
    _: Admin,
    State(app): State<App>,
    Body(request): Body<CreateToken>,
) -> ApiResult<Reply<CreateToken>> {
    accept::token(&request)?;
    let token = secret::generate("amt")?;
    let hash = SecretHash::of(&token);
    let (name, role) = (request.name.clone(), request.role);
    let expires_at = app.store.create_token(request, hash).await?;
    let response = CreateTokenResponse {
        name,
        role,
        token,
        expires_at,
    };
    Ok(Reply(response))
}

/// Lists the tokens.
pub async fn list(_: Admin, State(app): State<App>) -> ApiResult<Reply<ListTokens>> {
    let tokens = app.store.tokens(app.clock.now()).await?;
    Ok(Reply(TokensResponse { tokens }))
}

/// Revokes a token.
pub async fn revoke(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Reply<RevokeToken>> {
    app.store.revoke_token(name).await?;
    Ok(Reply(Done {}))
}
