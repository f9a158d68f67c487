//! The HTTP client for one server: whether it speaks TLS, and by which proxy it goes.
//!
//! A token is sent to nobody but the server. So redirects aren't followed, and the environment's
//! proxy is asked for a tunnel (CONNECT) to an `https://` server only: through `http://` it would
//! read the token, and to this machine there is no need of one. A name for this machine is never
//! resolved: whoever answers for it may say anything.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::{Certificate, ClientBuilder, Proxy, redirect::Policy};

use crate::{
    bounds,
    error::{ClientError, Result, certificate},
    security::Security,
    server::ServerAddress,
};

/// This machine; the port is the address's own.
const LOOPBACK: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
    SocketAddr::new(std::net::IpAddr::V6(Ipv6Addr::LOCALHOST), 0),
];

/// A client that is set up.
pub(crate) struct Http {
    /// The client itself.
    pub(crate) client: reqwest::Client,
    /// The proxy that it goes by, without its password.
    pub(crate) proxy: Option<String>,
}

/// Sets up the client for a server.
pub(crate) fn http(server: &ServerAddress, security: &Security) -> Result<Http> {
    // A second call finds the provider installed: either way there is one afterwards.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .user_agent(concat!("assetmon/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(bounds::CONNECT)
        .pool_idle_timeout(bounds::UNUSED)
        .redirect(Policy::none())
        .no_proxy();
    let builder = match server.local_name() {
        Some(name) => builder.resolve_to_addrs(&name, &LOOPBACK),
        None => builder,
    };
    let (builder, proxy) = match server {
        ServerAddress::Unix(path) => (without_tls(builder).unix_socket(path.clone()), None),
        ServerAddress::Http(_) if !server.speaks_tls() => (without_tls(builder), None),
        ServerAddress::Http(url) => by_proxy(security.applied(builder)?, proxy_for(server, url)?)?,
    };
    let client = builder.build().map_err(|source| {
        let is_of_tls = server.speaks_tls() && certificate::is_of_tls(&source);
        if is_of_tls && let Some(unusable) = security.unusable(|other| http(server, other).is_ok())
        {
            return unusable;
        }
        if is_of_tls {
            return ClientError::NoCertificates {
                server: server.to_string(),
                source,
            };
        }
        ClientError::Setup(source)
    })?;
    Ok(Http { client, proxy })
}

/// No CA certificates are read: a machine may have none.
fn without_tls(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only(std::iter::empty::<Certificate>())
}

fn by_proxy(
    builder: ClientBuilder,
    proxy: Option<Intercept>,
) -> Result<(ClientBuilder, Option<String>)> {
    let Some(proxy) = proxy else {
        return Ok((builder, None));
    };
    let address = proxy.uri().to_string();
    let mut tunnel = Proxy::https(&address).map_err(ClientError::Setup)?;
    if let Some(auth) = proxy.basic_auth() {
        tunnel = tunnel.custom_http_auth(auth.clone());
    }
    let shown = address.trim_end_matches('/').to_owned();
    Ok((builder.proxy(tunnel), Some(shown)))
}

/// The proxy that the environment names for a server (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`).
fn proxy_for(server: &ServerAddress, url: &str) -> Result<Option<Intercept>> {
    if server.is_local() {
        return Ok(None);
    }
    let named = url.parse().ok();
    let proxy = named.and_then(|url| Matcher::from_env().intercept(&url));
    match proxy {
        Some(proxy) if !matches!(proxy.uri().scheme_str(), Some("http" | "https")) => {
            Err(ClientError::UnusableProxy(proxy.uri().to_string()))
        }
        proxy => Ok(proxy),
    }
}
