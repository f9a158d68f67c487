//! Which of the imported advisories affect what runs now.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AdvisorySummary, Coverage, Endpoint, ErrorCode, Method, Share};

/// Lists the imported advisories that affect what runs now: what is known to be exploited first, then what affects the most
/// hosts, then by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListAffecting {
    /// Also those by which nothing is known to be affected, and of which it isn't known of something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown: Option<bool>,
    /// Also those of which vendors (VEX) excuse everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excused: Option<bool>,
    /// Also notices of bug fixes and of enhancements (`ALBA-…`, `RHEA-…`), which are about no vulnerability.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bugfixes: Option<bool>,
    /// Only those about vulnerabilities that are known to be exploited (CISA's KEV).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kev: Option<bool>,
    /// At most so many; 0 for as many as one document holds, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`ListAffecting`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectingResponse {
    /// The advisories.
    pub advisories: Vec<AffectingAdvisory>,
    /// The total number.
    pub total: u64,
    /// How many there are by which nothing is known to be affected, and of which it isn't known of something.
    pub unknown_total: u64,
    /// How many there are of which vendors (VEX) excuse everything.
    #[serde(default)]
    pub excused_total: u64,
    /// How many notices of bug fixes and of enhancements were left aside by which something is older.
    #[serde(default)]
    pub bugfixes_left_aside: u64,
    /// Whether there are more than listed.
    pub truncated: bool,
    /// The cursor for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

/// An advisory, and how much of what runs it is about. Where several feeds have one of its id, it is the one that was
/// changed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectingAdvisory {
    /// What a list says of it.
    #[serde(flatten)]
    pub advisory: AdvisorySummary,
    /// Whether a version is known that fixes something of what is affected.
    pub has_fix: bool,
    /// When the first of its CVEs was added to the catalog of exploited vulnerabilities (CISA's
    /// KEV), such as `2026-11-30`, or `yes` if the date is unknown. Missing if none is in it, or
    /// if no catalog was imported.
    #[serde(default)]
    pub kev: Option<String>,
    /// The date by which it must be fixed, according to the catalog.
    #[serde(default)]
    pub kev_due: Option<String>,
    /// How likely it is to be exploited within 30 days (FIRST's EPSS), for the most likely of its
    /// CVEs.
    #[serde(default)]
    pub epss: Option<Share>,
    /// The share of all CVEs that are no more likely to be exploited.
    #[serde(default)]
    pub epss_percentile: Option<Share>,
    /// What is affected.
    pub affected: Extent,
    /// Of what it can't be known.
    pub unknown: Extent,
    /// What would be affected or unknown, and isn't by what a vendor states (VEX).
    #[serde(default)]
    pub excused: Extent,
}

/// How much something is about, each counted once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Extent {
    /// Images.
    pub images: u64,
    /// Containers that run them.
    pub containers: u64,
    /// Hosts that run those.
    pub hosts: u64,
}

impl Endpoint for ListAffecting {
    type Response = AffectingResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/advisories/affecting";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::QuestionTooLarge];
}
