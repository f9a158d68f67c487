//! How requests are decoded, so that every refusal is an error body that names what is wrong.

mod json;
mod objects;
mod pace;
mod packed;
mod refusals;
mod room;
mod upload;

use std::{str::FromStr, sync::Arc};

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, header, request::Parts},
};
use proto_types::{Endpoint, from_segment};
use serde::de::DeserializeOwned;

use self::{packed::Packed, refusals::invalid, room::SMALL};
use crate::{
    blocking::elsewhere,
    error::{ApiError, ApiResult},
    limits::Slot,
};

pub use self::{pace::paced, packed::Bound, refusals::no_route, room::Room, upload::Upload};

/// A JSON body, whatever its content type says.
pub struct Body<T>(pub T);

/// The query string.
pub struct Query<T>(pub T);

/// The one parameter of the path.
pub struct Segment<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send + 'static> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> ApiResult<Self> {
        let bound = request.extensions().get().cloned();
        let bound: Bound = bound.unwrap_or_else(|| Bound {
            bytes: SMALL,
            room: Arc::default(),
        });
        let slot = Slot::of(request.extensions());
        let packed = Arc::new(Packed::collect(request, &bound).await?);
        if packed.is_little() {
            return packed.read().map(Self);
        }
        let same = Arc::clone(&packed);
        if let Some(read) = elsewhere(move || same.read_small()).await? {
            return read.map(Self);
        }
        // It has its place until its answer is made.
        let working = bound.room.work().await?;
        let read = elsewhere(move || packed.read()).await??;
        slot.keep_until_made(working);
        Ok(Self(read))
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
