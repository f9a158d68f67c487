//! A redirect: never followed, since it would carry the token to wherever it says; told instead.

use reqwest::{Response, Url, header};

use crate::{error::ClientError, server::ServerAddress};

/// No address that is told is longer, in bytes.
const LONGEST: usize = 500;

/// What a redirect of a request for `path` tells.
pub(crate) fn moved(server: &ServerAddress, response: &Response, path: &str) -> ClientError {
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|value| value.to_str().ok());
    let target = location.and_then(|value| response.url().join(value).ok());
    let (server, status) = (server.to_string(), response.status().as_u16());
    let target = target.filter(|target| target.as_str().len() <= LONGEST);
    match target {
        None => ClientError::NotAssetmon {
            server,
            status,
            retry_after: None,
        },
        Some(target) => match base(&target, path) {
            Some(to) if to != server => ClientError::Moved { server, to },
            _ => ClientError::SentOn {
                server,
                to: shown(target),
            },
        },
    }
}

/// The server's address in the address of one of its paths.
fn base(target: &Url, path: &str) -> Option<String> {
    let base = target.path().strip_suffix(path)?;
    let mut url = target.clone();
    url.set_path(base);
    Some(shown(url).trim_end_matches('/').to_owned())
}

/// An address without what is nobody's business: a query, a user, a password.
fn shown(mut url: Url) -> String {
    url.set_query(None);
    url.set_fragment(None);
    // An address that can't have a user has none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::base;

    #[test]
    fn the_server_is_what_stands_before_the_path_that_was_asked_for() {
        let path = "/api/v1/status";
        for (target, server) in [
            (
                "https://a.example/api/v1/status?x=1",
                Some("https://a.example"),
            ),
            (
                "https://u:p@a.example:8/x/api/v1/status",
                Some("https://a.example:8/x"),
            ),
            ("https://login.example/?next=/api/v1/status", None),
        ] {
            assert_eq!(base(&target.parse().unwrap(), path).as_deref(), server);
        }
    }
}
