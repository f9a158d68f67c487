//! What ties a request type to its method, its path and its response.

use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::{ErrorCode, segment::to_segment};

/// The HTTP methods that the API uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads; the request's fields travel in the query string.
    Get,
    /// Writes or asks; the request's fields travel as a JSON body.
    Post,
    /// Removes; everything there is to say stands in the path.
    Delete,
}

/// Another form of an answer, for those who accept its media type: text that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// What an `Accept` header names it by.
    pub media_type: &'static str,
    /// What stands in it.
    pub about: &'static str,
}

/// A body of any length, which is worked on as it comes: no JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Its media type.
    pub media_type: &'static str,
    /// What stands in it.
    pub about: &'static str,
}

/// A request of the API: all that its description in the OpenAPI document is made from, but for
/// who may send it.
///
/// Fields that stand in the path are left out of the serialized form.
pub trait Endpoint: Serialize + ToSchema {
    /// What a success answers.
    type Response: Serialize + DeserializeOwned + ToSchema;
    /// How it is sent.
    const METHOD: Method;
    /// Its path as a template: `/api/v1/images/{digest}`.
    const ROUTE: &'static str;
    /// The status of a success.
    const STATUS: u16 = 200;
    /// What it may be refused with, besides what any request may.
    const REFUSALS: &'static [ErrorCode] = &[];
    /// The other form of its answer, where it has one.
    const STREAM: Option<Stream> = None;
    /// What its body is, where that isn't its JSON form.
    const UPLOAD: Option<Upload> = None;

    /// Its path with everything filled in and percent-encoded.
    fn path(&self) -> String {
        Self::ROUTE.to_owned()
    }
}

/// Fills the one `{…}` of a route with a value, written as a segment.
pub(crate) fn fill(route: &str, value: &str) -> String {
    let encoded = to_segment(value);
    match (route.find('{'), route.find('}')) {
        (Some(open), Some(close)) if open < close => {
            format!("{}{encoded}{}", &route[..open], &route[close + 1..])
        }
        _ => route.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_value_in_a_path_cannot_leave_its_segment() {
        assert_eq!(
            fill("/api/v1/hosts/{name}/reset", "web 1/../x"),
            "/api/v1/hosts/web%201%2F..%2Fx/reset"
        );
    }
}
