//! What is answered to a request that can't be read.

use axum::{extract::Request, response::IntoResponse};
use proto_types::ErrorCode;

use crate::error::ApiError;

/// What is answered to a body that is over its route's bound.
pub fn too_large() -> ApiError {
    ApiError::new(
        ErrorCode::PayloadTooLarge,
        "the body, compressed or not, is larger than this route accepts",
    )
    .hint("docs/API.md lists the bounds")
}

/// What is answered to a body that is packed in a way that isn't known.
pub fn unknown_packing() -> ApiError {
    invalid("the body's content-encoding is not supported").hint("use `gzip`, or none")
}

/// What is answered to a body that breaks off, or that can't be unpacked.
pub fn broken(error: &impl std::fmt::Display) -> ApiError {
    invalid(format!("the body can't be read: {error}"))
}

/// What is answered to what can't be understood.
pub fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, message)
}

/// What is answered where no route fits.
pub async fn no_route(request: Request) -> impl IntoResponse {
    ApiError::new(
        ErrorCode::NotFound,
        format!(
            "there is no route {} {}",
            request.method(),
            request.uri().path()
        ),
    )
    .hint("docs/API.md lists the routes; an older server may lack some")
}
