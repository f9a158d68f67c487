//! JSON as it is read: from objects alone, and where something is wrong, saying what and where.

use std::io::{ErrorKind, Read};

use model::shown;
use serde::de::DeserializeOwned;
use serde_json::{Deserializer, de};

use super::{
    objects::Objects,
    refusals::{invalid, too_large},
};
use crate::error::ApiError;

/// Characters that an error says of a place in a body.
const PLACE: usize = 120;

/// Reads a body.
pub(super) fn slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    // To know where in a body something is wrong takes longer than to read it: only what is wrong
    // is read again.
    value(Deserializer::from_slice(bytes)).or_else(|_| explained(Deserializer::from_slice(bytes)))
}

/// Reads a body that comes out of a reader, which can be begun with again.
pub(super) fn stream<T: DeserializeOwned, R: Read>(body: impl Fn() -> R) -> Result<T, ApiError> {
    value(Deserializer::from_reader(body()))
        .or_else(|_| explained(Deserializer::from_reader(body())))
}

fn value<'de, T: DeserializeOwned>(
    mut json: Deserializer<impl de::Read<'de>>,
) -> serde_json::Result<T> {
    let value = T::deserialize(Objects(&mut json))?;
    json.end().map(|()| value)
}

/// Reads a body, and says where something is wrong with it.
fn explained<'de, T: DeserializeOwned>(
    mut json: Deserializer<impl de::Read<'de>>,
) -> Result<T, ApiError> {
    let value = serde_path_to_error::deserialize(Objects(&mut json)).map_err(|error| {
        let path = shown::on_one_line(&error.path().to_string(), PLACE);
        let place = if path == "." {
            String::new()
        } else {
            format!(" at `{path}`")
        };
        let inner = error.inner();
        is_too_large(inner)
            .unwrap_or_else(|| invalid(format!("the body can't be read{place}: {inner}")))
    })?;
    json.end().map_err(|error| {
        is_too_large(&error)
            .unwrap_or_else(|| invalid(format!("the body has extra data after its end: {error}")))
    })?;
    Ok(value)
}

fn is_too_large(error: &serde_json::Error) -> Option<ApiError> {
    (error.io_error_kind() == Some(ErrorKind::FileTooLarge)).then(too_large)
}
