//! What ties a request type to its method, its path and its response.

use serde::{Serialize, de::DeserializeOwned};

use crate::segment::to_segment;

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

/// A request of the API.
///
/// Fields that stand in the path are left out of the serialised form.
pub trait Endpoint: Serialize {
    /// What a success answers.
    type Response: Serialize + DeserializeOwned;
    /// How it is sent.
    const METHOD: Method;
    /// Its path as a template: `/api/v1/images/{digest}`.
    const ROUTE: &'static str;
    /// The status of a success.
    const STATUS: u16 = 200;

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
