//! Where a page of an answer ends, as an opaque text that the next request brings back.

use proto_types::{Coverage, Timestamp};
use serde::{Deserialize, Serialize};

use crate::store::{Result, StoreError};

/// Where a page ended, and the moment that the whole answer stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The moment of the first page.
    pub as_of: Timestamp,
    /// The last thing on the page.
    pub after: Position,
    /// The coverage of the first page: later ones are of the same answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// The last thing on a page, by the order that its list has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    /// So many things of a list that is made anew each time.
    Count(usize),
    /// A thing of a list that is ordered by texts.
    Key(Vec<String>),
    /// A result of `find`.
    Found {
        /// The artifact's name.
        name: String,
        /// The artifact.
        artifact: i64,
        /// The image.
        image: i64,
        /// The host's name.
        host: String,
        /// The container's name.
        container: String,
        /// When the run began, in milliseconds.
        since: i64,
        /// The run.
        run: i64,
    },
}

impl Cursor {
    /// The text that a client brings back.
    #[must_use]
    pub fn encode(&self) -> String {
        // Timestamps, texts and numbers always have a JSON form.
        hex::encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The texts of a list that is ordered by so many of them.
    ///
    /// # Errors
    /// [`foreign`].
    pub fn key<const N: usize>(&self) -> Result<&[String; N]> {
        match &self.after {
            Position::Key(key) => key.as_slice().try_into().ok(),
            Position::Count(_) | Position::Found { .. } => None,
        }
        .ok_or_else(foreign)
    }

    /// Reads it again.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for what no answer of this server carried.
    pub fn decode(text: &str) -> Result<Self> {
        hex::decode(text)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or_else(|| {
                StoreError::invalid_with_hint(
                    "the cursor is not one that this server gave",
                    "take `next_cursor` from the answer before, with the same request",
                )
            })
    }
}

/// What is said to a cursor that another list gave.
#[must_use]
pub fn foreign() -> StoreError {
    StoreError::invalid("the cursor belongs to another list")
}
