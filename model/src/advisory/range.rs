//! Ranges of vulnerable versions, by what begins and ends them.

use serde::{Deserialize, Serialize};

/// Vulnerable versions between events, in the order of the package's ecosystem. The events are as the
/// record has them, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Range {
    /// What begins and ends them.
    pub events: Vec<Event>,
}

/// What begins or ends vulnerable versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// This version and later ones are vulnerable; `0` is before everything.
    Introduced(String),
    /// This version and later ones aren't.
    Fixed(String),
    /// Versions after this one aren't.
    LastAffected(String),
    /// The range says nothing of this version and later ones; `*` is after everything.
    Limit(String),
}

impl Event {
    /// The version that it happens at.
    #[must_use]
    pub fn version(&self) -> &str {
        match self {
            Self::Introduced(version)
            | Self::Fixed(version)
            | Self::LastAffected(version)
            | Self::Limit(version) => version,
        }
    }
}
