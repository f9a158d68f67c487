//! How a request is answered: the status and the shape stand with its type.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use proto_types::Endpoint;

use crate::store::query::Document;

/// The answer to a request of this type.
pub struct Reply<E: Endpoint>(pub E::Response);

impl<E: Endpoint> IntoResponse for Reply<E> {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(E::STATUS).unwrap_or(StatusCode::OK);
        (status, Json(self.0)).into_response()
    }
}

impl IntoResponse for Document {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}
