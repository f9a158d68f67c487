//! The client: sends a request that knows its own endpoint, and reads its response.

use std::time::Duration;

use proto_types::{Endpoint, ErrorBody, FindRequest, FindResult, Method};
use reqwest::{Response, header};
use serde::de::DeserializeOwned;

use crate::{
    error::{ClientError, Result},
    lines::Lines,
    server::ServerAddress,
};

/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server may say nothing in the middle of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// A client of one server, with at most one token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    server: ServerAddress,
    token: Option<String>,
}

impl Client {
    /// A client of `server`; `token` is left out on a server's own local socket.
    ///
    /// # Errors
    /// [`ClientError::Setup`] when the system's TLS roots can't be read.
    pub fn new(server: ServerAddress, token: Option<String>) -> Result<Self> {
        // A second call finds the provider installed: either way there is one afterwards.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("assetmon/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT);
        if let ServerAddress::Unix(path) = &server {
            builder = builder.unix_socket(path.clone());
        }
        let http = builder.build().map_err(ClientError::Setup)?;
        Ok(Self {
            http,
            server,
            token,
        })
    }

    /// The server that this client talks to.
    #[must_use]
    pub const fn server(&self) -> &ServerAddress {
        &self.server
    }

    /// Sends a request and waits for its response.
    ///
    /// # Errors
    /// [`ClientError`]: the server can't be reached, refuses, or answers what can't be read.
    pub async fn send<E: Endpoint>(&self, request: &E) -> Result<E::Response> {
        let response = self.call(request, "application/json").await?;
        self.read(response).await
    }

    /// Asks `find` for every result, and yields them as they arrive.
    ///
    /// # Errors
    /// As [`Client::send`]; an error in the middle of the answer ends the lines.
    pub async fn find_each(&self, request: &FindRequest) -> Result<Lines<FindResult>> {
        let response = self.call(request, "application/x-ndjson").await?;
        Ok(Lines::new(response, self.server.to_string()))
    }

    async fn call<E: Endpoint>(&self, request: &E, accept: &str) -> Result<Response> {
        let prepared = self.prepare(request)?.header(header::ACCEPT, accept);
        self.answer(request, prepared).await
    }

    pub(crate) async fn answer<E: Endpoint>(
        &self,
        request: &E,
        prepared: reqwest::RequestBuilder,
    ) -> Result<Response> {
        let response = prepared
            .send()
            .await
            .map_err(|source| ClientError::unreachable(&self.server, source))?;
        tracing::debug!(
            status = response.status().as_u16(),
            path = request.path(),
            "answered"
        );
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.refusal(response).await)
    }

    pub(crate) fn prepare<E: Endpoint>(&self, request: &E) -> Result<reqwest::RequestBuilder> {
        let url = format!("{}{}", self.server.base_url(), request.path());
        tracing::debug!(method = ?E::METHOD, %url, "asking");
        let builder = match E::METHOD {
            Method::Get => {
                let query = serde_urlencoded::to_string(request)
                    .map_err(|error| ClientError::Unsendable(error.to_string()))?;
                let separator = if query.is_empty() { "" } else { "?" };
                self.http.get(format!("{url}{separator}{query}"))
            }
            Method::Post => self.http.post(url).json(request),
            Method::Delete => self.http.delete(url),
        };
        Ok(match &self.token {
            Some(token) => builder.bearer_auth(token),
            None => builder,
        })
    }

    async fn read<T: DeserializeOwned>(&self, response: Response) -> Result<T> {
        let bytes = response
            .bytes()
            .await
            .map_err(|source| ClientError::unreachable(&self.server, source))?;
        serde_json::from_slice(&bytes)
            .map_err(|source| ClientError::unreadable(&self.server, &source))
    }

    async fn refusal(&self, response: Response) -> ClientError {
        let status = response.status().as_u16();
        let retry_after = response
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok()?.parse().ok())
            .map(Duration::from_secs);
        match self.read::<ErrorBody>(response).await {
            Ok(body) => ClientError::Refused {
                status,
                detail: body.error,
                retry_after,
            },
            Err(_) => ClientError::NotAssetmon {
                server: self.server.to_string(),
                status,
            },
        }
    }
}
