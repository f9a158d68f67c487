//! Where a server is: an HTTP address or a local socket.

use std::{fmt, path::PathBuf, str::FromStr};

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
        if !known || url.query().is_some() || !url.username().is_empty() {
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
        ] {
            let error = wrong.parse::<ServerAddress>().unwrap_err().to_string();
            assert!(error.contains("unix:PATH"), "{error}");
        }
    }
}
