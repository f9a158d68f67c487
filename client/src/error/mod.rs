//! What can go wrong between a client and its server.

use std::time::Duration;

use proto_types::{ErrorCode, ErrorDetail};

use crate::server::ServerAddress;

/// A result of the client.
pub type Result<T> = std::result::Result<T, ClientError>;

/// What can go wrong between a client and its server.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The HTTP client itself can't be set up.
    #[error("cannot set up the HTTP client")]
    Setup(#[source] reqwest::Error),
    /// The request can't be put into a query string.
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
    /// Something answered with a status, but it isn't an assetmon server.
    #[error("{server} answered with status {status} and without assetmon's error body")]
    NotAssetmon {
        /// The address that was asked.
        server: String,
        /// The HTTP status.
        status: u16,
    },
    /// The server refused.
    #[error("{detail}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's words.
        detail: ErrorDetail,
        /// When to come again, where the server said so.
        retry_after: Option<Duration>,
    },
}

impl ClientError {
    pub(crate) fn unreachable(server: &ServerAddress, source: reqwest::Error) -> Self {
        Self::Unreachable {
            server: server.to_string(),
            source: source.without_url(),
        }
    }

    pub(crate) fn unreadable(server: &ServerAddress, reason: &serde_json::Error) -> Self {
        Self::Unreadable {
            server: server.to_string(),
            reason: reason.to_string(),
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

    /// Whether the same request may succeed later without anyone doing anything.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Ended { .. } => true,
            Self::NotAssetmon { status, .. } => *status >= 500,
            Self::Refused { detail, .. } => matches!(
                detail.code,
                ErrorCode::RateLimited
                    | ErrorCode::Internal
                    | ErrorCode::Unavailable
                    | ErrorCode::StorageFull
            ),
            Self::Setup(_) | Self::Unsendable(_) | Self::Unreadable { .. } => false,
        }
    }
}
