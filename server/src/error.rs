//! The one place where an error becomes a status and an error body.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    accept::Refused,
    side::{self, MalformedSide},
};
use proto_types::{ErrorBody, ErrorCode, ErrorDetail};

use crate::{requests::Refusal, store::StoreError};

/// An error as a handler returns it, and after how long to come again where that is known.
#[derive(Debug)]
pub struct ApiError(pub ErrorDetail, Option<Duration>);

/// What a handler returns.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error with its sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let detail = ErrorDetail {
            code,
            message: message.into(),
            hint: None,
            last_seq: None,
        };
        Self(detail, None)
    }

    /// The same where the request may be sent again after this long.
    #[must_use]
    pub const fn retry_after(mut self, after: Duration) -> Self {
        self.1 = Some(after);
        self
    }

    /// The same with the way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::Invalid { hint, .. } => {
                let mut refused = Self::new(ErrorCode::InvalidRequest, message);
                refused.0.hint = hint;
                refused
            }
            StoreError::Unauthorized(_) => Self::new(ErrorCode::Unauthorized, message),
            StoreError::Forbidden(_) => Self::new(ErrorCode::Forbidden, message),
            StoreError::NotFound { hint, .. } => Self::new(ErrorCode::NotFound, message).hint(hint),
            StoreError::StaleReport { last_seq, .. } => {
                let mut stale = Self::new(ErrorCode::StaleReport, message)
                    .hint("look again, and report with a seq above the last one");
                stale.0.last_seq = Some(last_seq);
                stale
            }
            StoreError::LeaseSuperseded { .. } => Self::new(ErrorCode::LeaseSuperseded, message)
                .hint("drop the scan: another host has the image now"),
            StoreError::TooLarge { hint, .. } => {
                Self::new(ErrorCode::QuestionTooLarge, message).hint(hint)
            }
            StoreError::Full => Self::new(ErrorCode::StorageFull, message)
                .hint("make room on the disk that holds the server's data"),
            StoreError::Busy(after) => {
                Self::new(ErrorCode::Unavailable, message).retry_after(after)
            }
            StoreError::Unavailable(_) => Self::new(ErrorCode::Unavailable, message),
            StoreError::Engine(source) => {
                tracing::error!(error = ?source, "the store failed");
                Self::new(ErrorCode::Internal, message).hint("the server's log says more")
            }
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        Self::new(ErrorCode::InvalidRequest, refused.0)
    }
}

impl From<MalformedSide> for ApiError {
    fn from(error: MalformedSide) -> Self {
        Self::new(ErrorCode::InvalidRequest, error.to_string()).hint(side::FORMS)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let unauthorized = self.0.code == ErrorCode::Unauthorized;
        let after = self.1.map(|after| HeaderValue::from(whole_seconds(after)));
        let refusal = Refusal::from(&self.0);
        let mut response = (status, Json(ErrorBody { error: self.0 })).into_response();
        response.extensions_mut().insert(refusal);
        if unauthorized {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(after) = after {
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        response
    }
}

/// Whole seconds, as the header has them: none sooner than the time, and no 0, which says nothing.
fn whole_seconds(after: Duration) -> u64 {
    (after.as_secs() + u64::from(after.subsec_nanos() > 0)).max(1)
}
