//! The one shape of every error that the server answers.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What went wrong, in a word that programs can rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request says something that can't be understood or carried out.
    InvalidRequest,
    /// No token, or one that is unknown, expired or revoked.
    Unauthorized,
    /// The token is good, but not for this.
    Forbidden,
    /// The thing that is named doesn't exist.
    NotFound,
    /// A report whose `seq` isn't newer than the last one known.
    StaleReport,
    /// A scan under a lease that a newer one has replaced.
    LeaseSuperseded,
    /// The body, packed or unpacked, is over the bound.
    PayloadTooLarge,
    /// The answer would take more time or memory than one question may.
    QuestionTooLarge,
    /// Too many requests; `Retry-After` says when to come again.
    RateLimited,
    /// A fault in the server; its log says more.
    Internal,
    /// The server can't serve just now.
    Unavailable,
    /// The server has no room to write.
    StorageFull,
}

impl ErrorCode {
    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::StaleReport | Self::LeaseSuperseded => 409,
            Self::PayloadTooLarge => 413,
            Self::QuestionTooLarge => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
            Self::StorageFull => 507,
        }
    }
}

/// What every response outside 2xx carries: `{"error":{…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// The error itself.
    pub error: ErrorDetail,
}

/// One error: what, why and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErrorDetail {
    /// The word for programs.
    pub code: ErrorCode,
    /// The sentence for people: the thing and the reason.
    pub message: String,
    /// The way out, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// With `stale_report`: the last `seq` that the server knows of the host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seq: Option<u64>,
}

impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
