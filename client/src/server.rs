//! Where a server is: an HTTP address or a local socket.

use std::{fmt, net::IpAddr, path::PathBuf, str::FromStr};

use reqwest::Url;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerAddress {
    /// `http://127.0.0.1:8420`, `https://assets.example.org`, without a slash at the end.
    Http(String),
    /// `unix:PATH`: the server's local socket.
    Unix(PathBuf),
}

/// A text that was given as a server's address and isn't one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a server's address: it must be `http://…`, `https://…` or `unix:PATH`")]
pub struct InvalidServer(String);

impl ServerAddress {
    /// What the paths of the API are put behind.
    #[must_use]
    pub fn base_url(&self) -> &str {
        match self {
            Self::Http(url) => url,
            // The host is never resolved, but HTTP wants one.
            Self::Unix(_) => "http://localhost",
        }
    }

    /// Whether what is sent to it is encrypted on its way.
    #[must_use]
    pub fn speaks_tls(&self) -> bool {
        self.url().is_some_and(|url| url.scheme() == "https")
    }

    /// Whether it is on this machine: a local socket or a loopback address.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let Some(url) = self.url() else {
            return matches!(self, Self::Unix(_));
        };
        let host = url.host_str().unwrap_or_default();
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) => {
                let address = address.to_canonical();
                address.is_loopback() || address.is_unspecified()
            }
            Err(_) => host == "localhost" || host.ends_with(".localhost"),
        }
    }

    /// What is to be said of the way to it: whoever is on it can read the token.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.is_exposed().then(|| {
            format!("the connection to {self} is not encrypted: anyone on the network can read the token")
        })
    }

    /// Whether what is sent to it passes a network that can read it.
    pub(crate) fn is_exposed(&self) -> bool {
        !self.is_local() && !self.speaks_tls()
    }

    /// The host in its address, where that is a name for this machine.
    pub(crate) fn local_name(&self) -> Option<String> {
        let url = self.url().filter(|_| self.is_local())?;
        url.domain().map(str::to_owned)
    }

    fn url(&self) -> Option<Url> {
        match self {
            Self::Http(url) => Url::parse(url).ok(),
            Self::Unix(_) => None,
        }
    }
}

impl FromStr for ServerAddress {
    type Err = InvalidServer;

    fn from_str(text: &str) -> Result<Self, InvalidServer> {
        let invalid = || InvalidServer(text.to_owned());
        if let Some(path) = text.strip_prefix("unix:") {
            if path.is_empty() {
                return Err(invalid());
            }
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        let url = Url::parse(text).map_err(|_| invalid())?;
        let known = matches!(url.scheme(), "http" | "https") && url.has_host();
        let is_bare = url.query().is_none() && url.fragment().is_none();
        let has_user = !url.username().is_empty() || url.password().is_some();
        if !known || !is_bare || has_user {
            return Err(invalid());
        }
        Ok(Self::Http(text.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(url) => f.write_str(url),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::ServerAddress;

    #[test]
    fn an_address_is_http_https_or_a_unix_path() {
        for good in [
            "http://127.0.0.1:8420",
            "https://assets.example.org",
            "unix:/run/a.sock",
        ] {
            assert_eq!(good.parse::<ServerAddress>().unwrap().to_string(), good);
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_ways_to_write_one() {
        for wrong in [
            "",
            "unix:",
            "127.0.0.1:8420",
            "ftp://x",
            "http://",
            "http://u:p@h",
            "http://:p@h",
            "http://h/#x",
        ] {
            let error = wrong.parse::<ServerAddress>().unwrap_err().to_string();
            assert!(error.contains("unix:PATH"), "{error}");
        }
    }

    #[test]
    fn only_an_unencrypted_way_that_leaves_the_machine_is_warned_of() {
        for quiet in [
            "unix:/run/a.sock",
            "https://assets.example.org",
            "http://127.0.0.1:8420",
            "http://127.1",
            "http://[::1]:8420",
            "http://[::ffff:127.0.0.1]",
            "http://localhost:8420",
            "http://a.localhost",
        ] {
            assert_eq!(quiet.parse::<ServerAddress>().unwrap().warning(), None);
        }
        for exposed in [
            "http://10.0.0.1:8420",
            "http://localhost.example.org",
            "HTTP://a",
        ] {
            let warning = exposed.parse::<ServerAddress>().unwrap().warning();
            assert!(warning.unwrap().contains(exposed));
        }
    }
}
