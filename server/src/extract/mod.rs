//! How requests are decoded, so that every refusal is an error body that names what is wrong.

mod objects;
mod pace;

use std::str::FromStr;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use model::shown;
use proto_types::{Endpoint, ErrorCode, from_segment};
use serde::de::DeserializeOwned;

use self::{objects::Objects, pace::Pace};
use crate::error::ApiError;

pub use self::pace::paced;

/// Characters that an error says of a place in a body.
const PLACE: usize = 120;

/// A JSON body, whatever its content type says.
pub struct Body<T>(pub T);

/// The query string.
pub struct Query<T>(pub T);

/// The one parameter of the path.
pub struct Segment<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let pace = Pace::of(&request);
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|error| pace.refusal().unwrap_or_else(|| unread(&error)))?;
        // To know where in a body something is wrong takes longer than to read it: only what is wrong
        // is read again.
        read(&bytes).or_else(|_| explained(&bytes)).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map(Self)
            .map_err(|error| invalid(format!("the query string can't be read: {error}")))
    }
}

impl<S: Send + Sync, T: FromStr<Err: std::fmt::Display>> FromRequestParts<S> for Segment<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|error| invalid(error.body_text()))?;
        from_segment(&text)
            .parse()
            .map(Self)
            .map_err(|error: T::Err| invalid(error.to_string()))
    }
}

/// Reads a body.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = T::deserialize(Objects(&mut json))?;
    json.end().map(|()| value)
}

/// Reads a body, and says where something is wrong with it.
fn explained<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(Objects(&mut json)).map_err(|error| {
        let path = shown::on_one_line(&error.path().to_string(), PLACE);
        let place = if path == "." {
            String::new()
        } else {
            format!(" at `{path}`")
        };
        invalid(format!("the body can't be read{place}: {}", error.inner()))
    })?;
    json.end()
        .map_err(|error| invalid(format!("the body goes on after its end: {error}")))?;
    Ok(value)
}

fn unread(error: &BytesRejection) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    invalid(format!("the body can't be read: {error}"))
}

/// What is answered to a body that is over its route's bound.
pub fn too_large() -> ApiError {
    ApiError::new(
        ErrorCode::PayloadTooLarge,
        "the body, packed or unpacked, is larger than this route takes",
    )
    .hint("docs/API.md lists the bounds")
}

/// What is answered to a body that is packed in a way that isn't known.
pub fn unknown_packing() -> ApiError {
    invalid("the body's content-encoding is not known").hint("`gzip` is the one that is")
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidRequest, message)
}

/// The media type of the other form of an endpoint's answer.
pub fn stream_type<E: Endpoint>() -> &'static str {
    E::STREAM.map_or("", |stream| stream.media_type)
}

/// Whether the client asks for the other form of an endpoint's answer.
pub fn asks_for_stream<E: Endpoint>(headers: &HeaderMap) -> bool {
    let media_type = stream_type::<E>();
    let mut accepted = headers.get_all(header::ACCEPT).iter();
    !media_type.is_empty()
        && accepted.any(|one| one.to_str().is_ok_and(|one| one.contains(media_type)))
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
    .hint("docs/API.md lists the routes")
}
