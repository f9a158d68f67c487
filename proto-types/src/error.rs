//! The one shape of every error that the server answers.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words::words;

words! {
    /// What went wrong, in a word that programs can rely on.
    ErrorCode {
        /// The request says something that can't be understood or carried out.
        InvalidRequest = "invalid_request",
        /// No token, or one that is unknown, expired or revoked.
        Unauthorized = "unauthorized",
        /// The token is good, but not for this.
        Forbidden = "forbidden",
        /// The thing that is named doesn't exist.
        NotFound = "not_found",
        /// A report whose `seq` isn't newer than the last one known.
        StaleReport = "stale_report",
        /// A scan under a lease that a newer one has replaced.
        LeaseSuperseded = "lease_superseded",
        /// The body, packed or unpacked, is over the bound.
        PayloadTooLarge = "payload_too_large",
        /// The answer would take more time or memory than one question may.
        QuestionTooLarge = "question_too_large",
        /// Too many requests; `Retry-After` says when to come again.
        RateLimited = "rate_limited",
        /// A fault in the server; its log says more.
        Internal = "internal",
        /// The server can't serve just now.
        Unavailable = "unavailable",
        /// The server has no room to write.
        StorageFull = "storage_full",
    }
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
