//! A request that is not taken at all.

/// Why a request is not taken, in a sentence that names the thing and its bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// A text that is too long, in words.
pub(super) fn too_long(what: &str, text: &str, most: usize) -> String {
    format!("{what} has {} bytes: at most {most} are taken", text.len())
}
