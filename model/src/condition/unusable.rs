//! Why a condition can't be used.

/// Why a condition can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unusable {
    /// The value and the reason.
    pub message: String,
    /// The way out.
    pub hint: Option<String>,
}

impl Unusable {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }
}
