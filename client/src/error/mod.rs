//! What can go wrong between a client and its server.

pub(crate) mod certificate;
mod protocol;
mod way_out;

use std::{path::PathBuf, time::Duration};

use proto_types::{ErrorBody, ErrorCode, ErrorDetail, RequestId};
use reqwest::{StatusCode, header::HeaderMap};

pub use certificate::CertificateFault;

use crate::{request, server::ServerAddress};

/// A result of the client.
pub type Result<T> = std::result::Result<T, ClientError>;

/// What can go wrong between a client and its server.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The HTTP client itself can't be set up.
    #[error("cannot set up the HTTP client")]
    Setup(#[source] reqwest::Error),
    /// The server speaks TLS, and there is nothing to check its certificate by.
    #[error("{server} needs TLS, and this machine has no CA certificates")]
    NoCertificates {
        /// The server that was to be asked.
        server: String,
        /// What the search for them says.
        #[source]
        source: reqwest::Error,
    },
    /// The server is on another machine, and what is sent to it would not be encrypted.
    #[error("{0} is on another machine, and http:// would show the token to the network")]
    Exposed(String),
    /// A file that the settings name can't be used.
    #[error("{what} {} can't be used: {reason}", path.display())]
    UnusableFile {
        /// What it is for.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The server is addressed by `https://` and doesn't speak TLS.
    #[error("{0} speaks http, not https")]
    NotTls(String),
    /// The server is addressed by `http://` and speaks something else.
    #[error("{0} does not answer in HTTP")]
    NotHttp(String),
    /// The proxy of the environment is of a kind that isn't known.
    #[error("the proxy {0} from the environment is not an HTTP proxy")]
    UnusableProxy(String),
    /// The request can't be put into a query string or a body.
    #[error("cannot send the request: {0}")]
    Unsendable(String),
    /// No answer came, or it broke off.
    #[error("no answer from {server}")]
    Unreachable {
        /// The server that was asked.
        server: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// The server's certificate can't be trusted.
    #[error("the certificate of {server} can't be trusted: {fault}")]
    Untrusted {
        /// The server that was asked.
        server: String,
        /// What is wrong with it.
        fault: CertificateFault,
    },
    /// The server doesn't take the certificate that it was shown, or wants one.
    #[error("{server} refuses the client certificate: {reason}")]
    NotTaken {
        /// The server that was asked.
        server: String,
        /// Its word for why.
        reason: String,
    },
    /// An answer, or the next piece of one, didn't come in time.
    #[error("{server} took longer than {} s to answer", waited.as_secs())]
    TooSlow {
        /// The server that was asked.
        server: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// An answer is larger than anything that a server has to say.
    #[error("{what} of {server} is larger than {} MiB", bound >> 20)]
    TooLarge {
        /// The server that answered.
        server: String,
        /// Which part of its answer it is.
        what: &'static str,
        /// The bound, in bytes.
        bound: usize,
    },
    /// A stream that has no end of its own ended: the server stopped, or a proxy cut it.
    #[error("the stream from {server} ended")]
    Ended {
        /// The server that was asked.
        server: String,
    },
    /// The answer isn't what this version of the API answers.
    #[error("cannot read the answer from {server}: {reason}")]
    Unreadable {
        /// The server that answered.
        server: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server is elsewhere now. It isn't followed: the token would go along.
    #[error("the server {server} moved to {to}: set `server` to {to}")]
    Moved {
        /// The address that was asked.
        server: String,
        /// The address that it gives.
        to: String,
    },
    /// Something sends requests on to a place that can't be taken for a server.
    #[error("{server} redirects to {to}, and redirects are not followed")]
    SentOn {
        /// The address that was asked.
        server: String,
        /// Where it sends them.
        to: String,
    },
    /// Something answered, but not an assetmon server: a proxy in front of one, or another program.
    #[error("{server} answered with status {}, without assetmon's error body", status_text(*status))]
    NotAssetmon {
        /// The address that was asked.
        server: String,
        /// The HTTP status.
        status: u16,
        /// When to come again, where it said so; an hour at most.
        retry_after: Option<Duration>,
    },
    /// The server refused.
    #[error("{detail}{}", request::behind(request.as_ref()))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        detail: ErrorDetail,
        /// What the server's log calls the request, where it said so.
        request: Option<RequestId>,
        /// When to come again, where the server said so; an hour at most.
        retry_after: Option<Duration>,
    },
}

impl ClientError {
    pub(crate) fn unreachable(server: &ServerAddress, source: reqwest::Error) -> Self {
        let server = server.to_string();
        if let Some(reason) = protocol::not_taken(&source) {
            return Self::NotTaken { server, reason };
        }
        match certificate::fault(&source) {
            Some(fault) => Self::Untrusted { server, fault },
            None if protocol::is_not_tls(&source) => Self::NotTls(server),
            None if protocol::is_not_http(&source) => Self::NotHttp(server),
            None => Self::Unreachable {
                server,
                source: source.without_url(),
            },
        }
    }

    pub(crate) fn unreadable(server: &ServerAddress, reason: &serde_json::Error) -> Self {
        Self::Unreadable {
            server: server.to_string(),
            reason: reason.to_string(),
        }
    }

    pub(crate) fn too_slow(server: &ServerAddress, waited: Duration) -> Self {
        Self::TooSlow {
            server: server.to_string(),
            waited,
        }
    }

    pub(crate) fn too_large(server: &ServerAddress, what: &'static str, bound: usize) -> Self {
        Self::TooLarge {
            server: server.to_string(),
            what,
            bound,
        }
    }

    /// A refusal that comes within an answer, where no status can be sent any more.
    pub(crate) fn within(body: ErrorBody, answer: &HeaderMap) -> Self {
        Self::Refused {
            status: body.error.code.status(),
            detail: body.error,
            request: request::id(answer),
            retry_after: None,
        }
    }

    /// The server's word for it, where the server refused.
    #[must_use]
    pub const fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused { detail, .. } => Some(detail.code),
            _ => None,
        }
    }

    /// The status of a refusal (4xx) that isn't the server's: a proxy's, or another program's. It
    /// says something of this request and the way that it took, and nothing of this client's token.
    #[must_use]
    pub const fn refused_on_the_way(&self) -> Option<u16> {
        match self {
            Self::NotAssetmon { status, .. } if matches!(*status, 400..=499) => Some(*status),
            _ => None,
        }
    }

    /// Whether the server, or a proxy before it, wants another token.
    #[must_use]
    pub const fn is_not_authorized(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 401 | 403,
                ..
            } | Self::NotAssetmon {
                status: 401 | 403,
                ..
            }
        )
    }

    /// How long whoever answered wants to be left alone; an hour at most.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { retry_after, .. } | Self::NotAssetmon { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }

    /// After how long the server, which has done nothing, wants to be asked again.
    pub(crate) const fn asks_to_come_again(&self) -> Option<Duration> {
        match self {
            Self::Refused {
                detail,
                retry_after,
                ..
            } if matches!(detail.code, ErrorCode::RateLimited | ErrorCode::Unavailable) => {
                *retry_after
            }
            _ => None,
        }
    }

    /// Whether the same request may succeed later without anyone doing anything.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::TooSlow { .. } | Self::Ended { .. } => true,
            Self::NotAssetmon { status, .. } => matches!(*status, 408 | 429 | 500..),
            Self::Refused { detail, .. } => matches!(
                detail.code,
                ErrorCode::RateLimited
                    | ErrorCode::Internal
                    | ErrorCode::Unavailable
                    | ErrorCode::StorageFull
            ),
            Self::Setup(_)
            | Self::NoCertificates { .. }
            | Self::Exposed(_)
            | Self::UnusableFile { .. }
            | Self::NotTls(_)
            | Self::NotHttp(_)
            | Self::UnusableProxy(_)
            | Self::Unsendable(_)
            | Self::Untrusted { .. }
            | Self::NotTaken { .. }
            | Self::TooLarge { .. }
            | Self::Unreadable { .. }
            | Self::Moved { .. }
            | Self::SentOn { .. } => false,
        }
    }
}

/// `413 Payload Too Large`.
fn status_text(status: u16) -> String {
    StatusCode::from_u16(status).map_or_else(|_| status.to_string(), |known| known.to_string())
}
