//! Where a page of an answer ends, as an opaque text that the next request brings back.

use proto_types::{
    AffectedSummary, CleanWithin, Coverage, ExposureSummary, Summary, Timestamp, Unspoken,
};
use serde::{Deserialize, Serialize};

use crate::store::{Result, StoreError};

/// Where a page ended, and the commit that the whole answer stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// When the first page was asked for.
    pub as_of: Timestamp,
    /// The last commit by then.
    pub seq: i64,
    /// The last thing on the page.
    pub after: Position,
    /// The coverage of the first page: later ones are of the same answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// What the first page of a `find` counted: it is counted once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// What the first page of an `affected` counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<JudgedCounts>,
    /// What the first page of an exposure counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposed: Option<ExposedCounts>,
    /// How many rows a list has in all, which its first page counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// How much fits in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Rows.
    pub rows: u64,
    /// What they are made of.
    pub summary: Summary,
}

/// How much each verdict is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedCounts {
    /// Rows of the verdicts that are wanted.
    pub rows: u64,
    /// What those of each verdict are made of.
    pub summary: AffectedSummary,
    /// What would be affected or unknown, and isn't by what a vendor states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excused: Option<Summary>,
    /// What no advisory speaks of, as far as it is listed.
    pub unspoken: Vec<Unspoken>,
    /// How many of those there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unspoken_total: Option<u64>,
}

/// How hosts stand to what they were exposed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExposedCounts {
    /// Rows.
    pub rows: u64,
    /// By how they stand now.
    pub summary: ExposureSummary,
    /// By whether they were clean in time.
    pub within: Vec<CleanWithin>,
    /// How much each verdict was ever about, and what no advisory speaks of.
    pub judged: JudgedCounts,
}

/// The last thing on a page, by the order that its list has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Position {
    /// So many things of a list that is made anew each time.
    Count(usize),
    /// A group by name.
    Name {
        /// The name.
        name: String,
        /// How many groups stand up to it.
        count: usize,
        /// How many there are in all.
        total: u64,
    },
    /// A thing of a list that is ordered by texts.
    Key(Vec<String>),
    /// A change, or the end of those of a commit.
    Change {
        /// The commit.
        seq: i64,
        /// Its phase in that.
        phase: i64,
        /// Its place in that.
        place: i64,
        /// When it happened, in milliseconds.
        at: i64,
        /// Since when changes are listed, in milliseconds.
        since: i64,
        /// Up to which commit those of before are left out.
        up_to: i64,
    },
    /// An advisory, and the last result of it that stands on the page, where one does.
    Judged {
        /// The advisory's id.
        advisory: String,
        /// The result, as of a `find`.
        row: Option<Box<Self>>,
    },
    /// An advisory, and the last host of it that stands on the page, where one does.
    Exposed {
        /// The advisory's id.
        advisory: String,
        /// The host's name and number.
        host: Option<(String, u32)>,
    },
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
            _ => None,
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

/// What is said to a cursor of a commit that the database doesn't know.
#[must_use]
pub fn from_ahead() -> StoreError {
    StoreError::invalid_with_hint(
        "the cursor knows of changes that the server doesn't: its database was set back",
        "ask again without the cursor",
    )
}

/// What is said to a cursor that another list gave.
#[must_use]
pub fn foreign() -> StoreError {
    StoreError::invalid("the cursor belongs to another list")
}
