//! `/api/v1/tokens…`: the tokens of readers and admins.

use axum::{Json, extract::State, http::StatusCode};
use proto_types::{CreateToken, CreateTokenResponse, Done, ErrorCode, TokensResponse};

use crate::{
    App,
    auth::Admin,
    error::{ApiError, ApiResult},
    extract::{Body, Segment},
    store::secret::{self, SecretHash},
};

/// No name of a token is longer, in bytes.
const LONGEST_NAME: usize = 256;

/// Makes a token.
pub async fn create(
    _: Admin,
    State(app): State<App>,
    Body(request): Body<CreateToken>,
) -> ApiResult<(StatusCode, Json<CreateTokenResponse>)> {
    if request.name.is_empty() || request.name.len() > LONGEST_NAME {
        return Err(ApiError::new(
            ErrorCode::InvalidRequest,
            format!("a token's name must have 1 to {LONGEST_NAME} bytes"),
        ));
    }
    let token = secret::generate("amt")?;
    let hash = SecretHash::of(&token);
    let (name, role) = (request.name.clone(), request.role);
    let expires_at = app
        .store
        .create_token(request, hash, app.clock.now())
        .await?;
    let response = CreateTokenResponse {
        name,
        role,
        token,
        expires_at,
    };
    Ok((StatusCode::CREATED, Json(response)))
}

/// Lists the tokens.
pub async fn list(_: Admin, State(app): State<App>) -> ApiResult<Json<TokensResponse>> {
    let tokens = app.store.tokens(app.clock.now()).await?;
    Ok(Json(TokensResponse { tokens }))
}

/// Revokes a token.
pub async fn revoke(
    _: Admin,
    State(app): State<App>,
    Segment(name): Segment<String>,
) -> ApiResult<Json<Done>> {
    app.store.revoke_token(name).await?;
    Ok(Json(Done {}))
}
