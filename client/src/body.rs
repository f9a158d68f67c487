//! The body of a request: JSON, packed where that is worth it.

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};
use reqwest::{RequestBuilder, header};
use serde::Serialize;

use crate::error::{ClientError, Result};

/// A body that is smaller, in bytes, fits into a few packets as it is.
const WORTH_IT: usize = 4 << 10;

/// A body that is ready to be sent.
pub(crate) struct Body {
    bytes: Vec<u8>,
    is_packed: bool,
}

impl Body {
    /// The JSON of a request; large ones are packed, fast rather than small: a list of packages
    /// shrinks to a tenth either way.
    pub(crate) fn of<T: Serialize>(request: &T) -> Result<Self> {
        let unsendable = |reason: &dyn ToString| ClientError::Unsendable(reason.to_string());
        let json = serde_json::to_vec(request).map_err(|error| unsendable(&error))?;
        if json.len() < WORTH_IT {
            return Ok(Self {
                bytes: json,
                is_packed: false,
            });
        }
        Ok(Self {
            bytes: packed(&json).map_err(|error| unsendable(&error))?,
            is_packed: true,
        })
    }

    /// How many bytes travel.
    pub(crate) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Puts it into a request.
    pub(crate) fn put(self, request: RequestBuilder) -> RequestBuilder {
        let mut request = request.header(header::CONTENT_TYPE, "application/json");
        if self.is_packed {
            request = request.header(header::CONTENT_ENCODING, "gzip");
        }
        request.body(self.bytes)
    }
}

fn packed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes)?;
    packed.finish()
}
