//! The client itself: a request goes out, its answer or an error comes back.

use std::{
    io::Write,
    time::{Duration, SystemTime},
};

use proto_types::{Endpoint, Method};
use reqwest::{RequestBuilder, Response, header};
use tokio::time::timeout;

use crate::{
    answer,
    body::Body,
    bounds::{self, Bounds},
    error::{ClientError, Result},
    peer::Peer,
    security::Security,
    server::ServerAddress,
    setup::{self, Http},
};

/// A client of one server, with at most one token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    proxy: Option<String>,
    server: ServerAddress,
    token: Option<String>,
    bounds: Bounds,
    peer: Peer,
}

/// A request that is ready to be sent.
pub(crate) struct Prepared {
    /// The request.
    pub(crate) request: RequestBuilder,
    /// Bytes of its body.
    pub(crate) sent: usize,
    /// The path that it asks for.
    pub(crate) path: String,
}

impl Client {
    /// A client of `server`; `token` is left out on a server's own local socket. It holds answers
    /// to [`Bounds::AGENT`].
    ///
    /// # Errors
    /// [`ClientError`]: the server is on another machine and doesn't speak TLS, or speaks it and the
    /// machine has no CA certificates, or the environment names a proxy that can't be used.
    pub fn new(server: ServerAddress, token: Option<String>) -> Result<Self> {
        Self::secured(server, token, &Security::default())
    }

    /// The same with a say in what protects the way to the server.
    ///
    /// # Errors
    /// As [`Client::new`]; a file of `security` can't be used.
    pub fn secured(
        server: ServerAddress,
        token: Option<String>,
        security: &Security,
    ) -> Result<Self> {
        security.allows(&server)?;
        let Http { client, proxy } = setup::http(&server, security)?;
        Ok(Self {
            http: client,
            proxy,
            server,
            token,
            bounds: Bounds::AGENT,
            peer: Peer::default(),
        })
    }

    /// The same client with other bounds.
    #[must_use]
    pub const fn within(mut self, bounds: Bounds) -> Self {
        self.bounds = bounds;
        self
    }

    /// The same client, over the same connections, with another token: for whoever speaks for many.
    #[must_use]
    pub fn with_token(&self, token: Option<String>) -> Self {
        Self {
            token,
            ..self.clone()
        }
    }

    /// What it holds answers to.
    pub(crate) const fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// The server that this client talks to.
    #[must_use]
    pub const fn server(&self) -> &ServerAddress {
        &self.server
    }

    /// The proxy of the environment through which it does.
    #[must_use]
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// What the server's last answer showed that somebody should know, each with the way out: clocks that
    /// are more than a minute apart, and a server that is older than this client.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.peer.warnings()
    }

    /// Sends a request and waits for its response.
    ///
    /// # Errors
    /// [`ClientError`]: the server can't be reached, refuses, or answers what can't be read.
    pub async fn send<E: Endpoint>(&self, request: &E) -> Result<E::Response> {
        let whole = async {
            let response = self.call(request, "application/json").await?;
            answer::whole(response, &self.server, self.bounds.size).await
        };
        match self.bounds.time {
            Some(time) => timeout(time, whole)
                .await
                .unwrap_or_else(|_| Err(ClientError::too_slow(&self.server, time))),
            None => whole.await,
        }
    }

    /// Sends a request that `accept`s this media type, and hands on what a success answers piece by
    /// piece as it comes, without a look at it.
    ///
    /// # Errors
    /// As [`Client::send`], but that nothing is read.
    pub async fn pieces<E: Endpoint>(
        &self,
        request: &E,
        accept: &str,
        mut each: impl FnMut(&[u8]),
    ) -> Result<()> {
        let mut response = self.call(request, accept).await?;
        while let Some(piece) = answer::piece(&mut response, &self.server).await? {
            each(piece.as_ref());
        }
        Ok(())
    }

    /// Sends a request that `accept`s this media type, and writes what a success answers to `to` as it
    /// comes. The answer may begin as late as after `patience`. Ends with how many bytes there were,
    /// or why one couldn't be written.
    ///
    /// # Errors
    /// As [`Client::send`], but that nothing is read.
    pub async fn save<E: Endpoint>(
        &self,
        request: &E,
        accept: &str,
        patience: Duration,
        to: &mut (impl Write + Send),
    ) -> Result<std::io::Result<u64>> {
        let prepared = self.prepare(request)?;
        let mut response = self.answer_within(prepared, accept, patience).await?;
        let mut bytes = 0;
        while let Some(piece) = answer::piece(&mut response, &self.server).await? {
            let piece = piece.as_ref();
            if let Err(error) = to.write_all(piece) {
                return Ok(Err(error));
            }
            bytes += piece.len() as u64;
        }
        Ok(Ok(bytes))
    }

    /// Sends a request, and answers what is to be read of a success. Where the server wants to be
    /// asked again soon, that is done.
    pub(crate) async fn call<E: Endpoint>(&self, request: &E, accept: &str) -> Result<Response> {
        let mut left = self.bounds.pauses;
        loop {
            let prepared = self.prepare(request)?;
            let error = match self.answer(prepared, accept).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let Some(pause) = error.asks_to_come_again().filter(|pause| *pause <= left) else {
                return Err(error);
            };
            tracing::debug!(%error, ?pause, "asking again");
            tokio::time::sleep(pause).await;
            left -= pause;
        }
    }

    pub(crate) async fn answer(&self, prepared: Prepared, accept: &str) -> Result<Response> {
        let patience = bounds::head(prepared.sent);
        let patience = self.bounds.time.map_or(patience, |time| time.min(patience));
        self.answer_within(prepared, accept, patience).await
    }

    pub(crate) async fn answer_within(
        &self,
        Prepared { request, path, .. }: Prepared,
        accept: &str,
        patience: Duration,
    ) -> Result<Response> {
        let head = request.header(header::ACCEPT, accept).send();
        let response = timeout(patience, head)
            .await
            .map_err(|_| ClientError::too_slow(&self.server, patience))?
            .map_err(|source| ClientError::unreachable(&self.server, source))?;
        tracing::debug!(status = response.status().as_u16(), path, "answered");
        self.peer.answered(response.headers(), SystemTime::now());
        if response.status().is_success() {
            return Ok(response);
        }
        Err(answer::refusal(response, &self.server, &path).await)
    }

    pub(crate) fn prepare<E: Endpoint>(&self, request: &E) -> Result<Prepared> {
        let path = request.path();
        let url = format!("{}{path}", self.server.base_url());
        let proxy = self.proxy.as_deref();
        tracing::debug!(method = ?E::METHOD, %url, proxy, "asking");
        let (builder, sent) = match E::METHOD {
            Method::Get => {
                let query = serde_urlencoded::to_string(request)
                    .map_err(|error| ClientError::Unsendable(error.to_string()))?;
                let separator = if query.is_empty() { "" } else { "?" };
                (self.http.get(format!("{url}{separator}{query}")), 0)
            }
            Method::Post if E::UPLOAD.is_some() => (self.http.post(url), 0),
            Method::Post => {
                let body = Body::of(request)?;
                let sent = body.len();
                (body.put(self.http.post(url)), sent)
            }
            Method::Delete => (self.http.delete(url), 0),
        };
        let request = match &self.token {
            Some(token) => builder.bearer_auth(token),
            None => builder,
        };
        Ok(Prepared {
            request,
            sent,
            path,
        })
    }
}
