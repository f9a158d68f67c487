//! Timelines: how many containers ran what was asked for, over time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::During;

/// Asks a `find` for a timeline besides its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimelineRequest {
    /// The range that it covers.
    #[serde(flatten)]
    pub range: During,
    /// How many moments of the range are counted, evenly apart: 2 to 500.
    pub points: u16,
}

/// How many containers ran what was asked for at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TimelinePoint {
    /// The moment.
    #[serde(serialize_with = "crate::moment::write")]
    pub at: Timestamp,
    /// How many containers ran it then.
    pub containers: u64,
}
