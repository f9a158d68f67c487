//! Who asks: a handler that takes a [`Host`], [`Reader`] or [`Admin`] can't be reached by anyone
//! else.

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use proto_types::ErrorCode;

use crate::{
    app::App,
    error::{ApiError, ApiResult},
    store::{HostIdentity, Principal, secret::SecretHash},
};

/// Marks a request that came over the server's local socket: whoever may open it is an admin.
#[derive(Debug, Clone, Copy)]
pub struct LocalSocket;

/// A host's agent.
pub struct Host(pub HostIdentity);

/// Someone who may read.
pub struct Reader;

/// Someone who may manage hosts and tokens.
pub struct Admin;

impl<S: Send + Sync> FromRequestParts<S> for Host
where
    App: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match principal(parts, &App::from_ref(state)).await? {
            Principal::Host(host) => Ok(Self(host)),
            Principal::Reader | Principal::Admin => {
                Err(forbidden("only a host's token may do this"))
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader
where
    App: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match principal(parts, &App::from_ref(state)).await? {
            Principal::Reader | Principal::Admin => Ok(Self),
            Principal::Host(_) => Err(forbidden("a host's token can't read")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin
where
    App: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match principal(parts, &App::from_ref(state)).await? {
            Principal::Admin => Ok(Self),
            Principal::Reader | Principal::Host(_) => Err(forbidden("only an admin may do this")
                .hint("use an admin's token, or the local socket on the server's machine")),
        }
    }
}

async fn principal(parts: &Parts, app: &App) -> ApiResult<Principal> {
    let Some(token) = bearer(parts)? else {
        if parts.extensions.get::<LocalSocket>().is_some() {
            return Ok(Principal::Admin);
        }
        return Err(unauthorized("a token is needed")
            .hint("send `Authorization: Bearer TOKEN`; `assetctl token create` makes one"));
    };
    app.store
        .authenticate(SecretHash::of(token), app.clock.now())
        .await?
        .ok_or_else(|| unauthorized("the token is unknown, expired or revoked"))
}

fn bearer(parts: &Parts) -> ApiResult<Option<&str>> {
    let Some(value) = parts.headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| Some(token.trim()))
        .ok_or_else(|| unauthorized("the Authorization header is not `Bearer TOKEN`"))
}

fn unauthorized(message: &str) -> ApiError {
    ApiError::new(ErrorCode::Unauthorized, message)
}

fn forbidden(message: &str) -> ApiError {
    ApiError::new(ErrorCode::Forbidden, message)
}
