//! Who asks: a handler that takes a [`Host`], [`Reader`] or [`Admin`] can't be reached by anyone
//! else, and none is a route's that doesn't say whose it is ([`CalledBy`]).

use std::convert::Infallible;

use std::sync::Arc;

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use proto_types::ErrorCode;

use crate::{
    app::App,
    error::{ApiError, ApiResult},
    store::{HostIdentity, Principal, secret::SecretHash},
    tls::Certificate,
};

/// Marks a request that came over the server's local socket: whoever may open it is an admin.
#[derive(Debug, Clone, Copy)]
pub struct LocalSocket;

/// The certificate that a client showed, where it showed one: a CA that the server trusts for that
/// has signed it.
#[derive(Debug, Clone)]
pub struct ClientCertificate(pub Option<Arc<Certificate>>);

/// A host's agent.
pub struct Host(pub HostIdentity);

/// Someone who may read.
pub struct Reader;

/// Someone who may manage hosts and tokens.
pub struct Admin;

/// Whoever it is: nothing is asked of them.
pub struct Anyone;

/// Whose a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anyone's, without a token.
    Anyone,
    /// A host's.
    Host,
    /// A reader's or an admin's.
    Reader,
    /// An admin's.
    Admin,
}

/// What a handler takes first: who may call it.
pub trait Caller {
    /// Whose the route is then.
    const WHO: Who;
}

impl Caller for Anyone {
    const WHO: Who = Who::Anyone;
}

impl Caller for Host {
    const WHO: Who = Who::Host;
}

impl Caller for Reader {
    const WHO: Who = Who::Reader;
}

impl Caller for Admin {
    const WHO: Who = Who::Admin;
}

/// What a handler takes, as axum writes it, where the first of it says who may call.
pub trait CalledBy {
    /// Whose the route is.
    const WHO: Who;
}

macro_rules! called_by {
    ($(($($more:ident),*))*) => {
        $(impl<M, C: Caller, $($more),*> CalledBy for (M, C, $($more),*) {
            const WHO: Who = C::WHO;
        })*
    };
}
called_by!(()(A)(A, B)(A, B, D)(A, B, D, E));

impl<S: Send + Sync> FromRequestParts<S> for Anyone {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

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
