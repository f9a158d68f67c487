//! Who asks: a handler that takes a [`Host`], [`Reader`] or [`Admin`] can't be reached by anyone
//! else, and none is a route's that doesn't say whose it is ([`CalledBy`]).

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{FromRef, FromRequestParts},
    http::{header, request::Parts},
};
use proto_types::ErrorCode;

use crate::{
    app::App,
    audit::{Actor, SocketPeer},
    error::{ApiError, ApiResult},
    limits::Slot,
    store::{HostIdentity, Principal, secret::SecretHash},
    tls::{Certificate, ClientCertificate},
};

/// Marks a request that came over the server's local socket: whoever may open it is an admin.
#[derive(Debug, Clone, Copy)]
pub struct LocalSocket;

/// A host's agent.
pub struct Host(pub HostIdentity);

/// Someone who may read, and by what right: an answer that goes on asks that again.
pub struct Reader(pub Pass);

/// Someone who may manage hosts and tokens, and who that is.
pub struct Admin(pub Actor);

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
        match enter(parts, &App::from_ref(state)).await?.1 {
            Asks::Principal(Principal::Host(host)) => Ok(Self(host)),
            _ => Err(forbidden("only a host's token may do this")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader
where
    App: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let (pass, asks) = enter(parts, &App::from_ref(state)).await?;
        asks.may_read()?;
        Ok(Self(pass))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Admin
where
    App: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let (_, asks) = enter(parts, &App::from_ref(state)).await?;
        let actor = match &asks {
            Asks::Socket(peer) => return Ok(Self(Actor::Socket(*peer))),
            Asks::Principal(principal) => Actor::from(principal),
        };
        if matches!(asks, Asks::Principal(Principal::Admin { .. })) {
            return Ok(Self(actor));
        }
        let error = forbidden("only an admin may do this")
            .hint("use an admin's token, or the local socket on the server's machine");
        actor.is_refused(parts.method.as_str(), parts.uri.path(), &error);
        Err(error)
    }
}

/// Who asks, and by what right.
enum Asks {
    /// Whoever may open the local socket.
    Socket(SocketPeer),
    /// Whoever holds a secret.
    Principal(Principal),
}

impl Asks {
    fn may_read(&self) -> ApiResult<()> {
        match self {
            Self::Principal(Principal::Host(_)) => Err(forbidden("a host's token can't read")),
            Self::Socket(_) | Self::Principal(_) => Ok(()),
        }
    }
}

/// What whoever asks shows, which can end while an answer goes on.
#[derive(Debug, Clone)]
pub enum Pass {
    /// They came over the local socket.
    Socket(SocketPeer),
    /// A token, of which this is the hash.
    Token(SecretHash),
    /// A client certificate.
    Certificate(Arc<Certificate>),
}

impl Pass {
    fn of(parts: &Parts) -> ApiResult<Self> {
        if let Some(token) = bearer(parts)? {
            return Ok(Self::Token(SecretHash::of(token)));
        }
        if parts.extensions.get::<LocalSocket>().is_some() {
            let peer = parts.extensions.get::<SocketPeer>();
            return Ok(Self::Socket(peer.copied().unwrap_or_default()));
        }
        let certificate = ClientCertificate::of(parts).0;
        certificate.map(Self::Certificate).ok_or_else(|| {
            unauthorized("a token is needed")
                .hint("send `Authorization: Bearer TOKEN`; `assetctl token create` makes one")
        })
    }

    /// Checks that it is still good for reading.
    ///
    /// # Errors
    /// It was revoked or has expired meanwhile.
    pub async fn still_reads(&self, app: &App) -> ApiResult<()> {
        self.asks(app).await?.may_read()
    }

    /// What is counted as one token, where there is one.
    #[must_use]
    pub fn token(&self) -> Option<SecretHash> {
        match self {
            Self::Socket(_) => None,
            Self::Token(hash) => Some(*hash),
            Self::Certificate(certificate) => Some(certificate.key),
        }
    }

    async fn asks(&self, app: &App) -> ApiResult<Asks> {
        match self {
            Self::Socket(peer) => Ok(Asks::Socket(*peer)),
            Self::Certificate(certificate) => by_certificate(certificate, app).await,
            Self::Token(hash) => {
                let known = app.store.authenticate(*hash, app.clock.now()).await?;
                known
                    .map(Asks::Principal)
                    .ok_or_else(|| unauthorized("the token is unknown, expired or revoked"))
            }
        }
    }
}

/// Who asks, once it is their turn.
async fn enter(parts: &Parts, app: &App) -> ApiResult<(Pass, Asks)> {
    let pass = Pass::of(parts)?;
    let asks = pass.asks(app).await?;
    if let Some(token) = pass.token() {
        let is_host = matches!(asks, Asks::Principal(Principal::Host(_)));
        let seat = app.limits.enter(token, is_host).await?;
        Slot::of(&parts.extensions).keep_until_sent(seat);
    }
    Ok((pass, asks))
}

/// Whose a certificate is: its key is bound to one host or to one name, as a token's hash is.
async fn by_certificate(certificate: &Certificate, app: &App) -> ApiResult<Asks> {
    let now = app.clock.now();
    // A connection may outlive the certificate that it was opened with.
    if !certificate.is_good(now) {
        return Err(unauthorized(
            "the client certificate is not valid at this time",
        ));
    }
    let known = app.store.authenticate(certificate.key, now).await?;
    known.map(Asks::Principal).ok_or_else(|| {
        unauthorized("the client certificate is not bound to anyone, or was revoked").hint(
            "enroll the host with it, or bind it with `assetctl token create --certificate FILE`",
        )
    })
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
