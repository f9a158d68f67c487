//! Why a request was refused, as it goes along with the answer for the log and the metrics.

use proto_types::{ErrorCode, ErrorDetail};

/// Why a request was refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The word for programs.
    pub code: ErrorCode,
    /// The sentence for people.
    pub message: String,
}

impl From<&ErrorDetail> for Refusal {
    fn from(detail: &ErrorDetail) -> Self {
        Self {
            code: detail.code,
            message: detail.message.clone(),
        }
    }
}
