//! What the store can't or won't do, and why.

use model::condition::Unusable;

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// What the store can't or won't do, and why.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The request says something that can't be carried out.
    #[error("{message}")]
    Invalid {
        /// The thing and the reason.
        message: String,
        /// The way out.
        hint: Option<String>,
    },
    /// A code or a token that isn't good.
    #[error("{0}")]
    Unauthorized(String),
    /// The host may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// The thing that is named doesn't exist.
    #[error("there is no {kind} `{name}`")]
    NotFound {
        /// `host`, `image`, `token`.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// Where to look for the right name.
        hint: &'static str,
    },
    /// A report whose `seq` isn't newer than the last one known.
    #[error("the report is stale: the last seq known of host `{host}` is {last_seq}")]
    StaleReport {
        /// The host.
        host: String,
        /// The last `seq` known.
        last_seq: u64,
    },
    /// A newer lease has been granted on the image.
    #[error("the lease on {image} is superseded: generation {current} has been granted")]
    LeaseSuperseded {
        /// The image.
        image: proto_types::ImageDigest,
        /// The newest generation.
        current: u64,
    },
    /// A question whose answer would take more time or memory than one may.
    #[error("{message}")]
    TooLarge {
        /// What there is too much of.
        message: String,
        /// The way out.
        hint: &'static str,
    },
    /// The disk is full.
    #[error("the store has no room to write")]
    Full,
    /// Too much else is asked just now; after so long it may be otherwise.
    #[error("the server is busy: the request has waited for its turn")]
    Busy(std::time::Duration),
    /// The store can't serve just now.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// The engine failed.
    #[error("the store failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<Unusable> for StoreError {
    fn from(Unusable { message, hint }: Unusable) -> Self {
        Self::Invalid { message, hint }
    }
}

impl StoreError {
    /// An invalid request without a hint.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            hint: None,
        }
    }

    /// An invalid request with the way out.
    pub fn invalid_with_hint(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Invalid {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}
