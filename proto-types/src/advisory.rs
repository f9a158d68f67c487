//! Advisories that were imported, as they are looked at one by one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{Endpoint, ErrorCode, Method, endpoint::fill};

/// Lists the advisories of the feeds, ordered by id and source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ListAdvisories {
    /// Only those of the feed from this source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Only those whose id begins so, in whatever case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_prefix: Option<String>,
    /// At most so many; 0 for as many as one document holds, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// The answer to [`ListAdvisories`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AdvisoriesResponse {
    /// The advisories.
    pub advisories: Vec<AdvisorySummary>,
    /// The total number.
    pub total: u64,
    /// Whether there are more than listed.
    pub truncated: bool,
    /// The cursor for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// What a list says of an advisory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AdvisorySummary {
    /// Its id.
    pub id: String,
    /// The source of the feed that has it.
    pub source: String,
    /// The CVEs that it is about; at most 100 of them.
    pub cves: Vec<String>,
    /// What it is about, in one line.
    pub summary: String,
    /// How many packages it speaks of.
    pub packages: u64,
    /// When it was first published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub published: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub modified: Option<Timestamp>,
    /// When it was withdrawn; it affects nothing since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub withdrawn: Option<Timestamp>,
}

/// Shows what the feeds have about a vulnerability, by the id of an advisory or a CVE.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GetAdvisory {
    /// The id, in whatever case.
    #[serde(skip)]
    pub id: String,
}

/// The answer to [`GetAdvisory`].
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AdvisoryDetail {
    /// The advisories that speak of it, ordered by id and source; at most 1,000, and 32 MiB of them.
    pub advisories: Vec<KeptAdvisory>,
    /// How many there are.
    pub total: u64,
}

/// An advisory that a feed has.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct KeptAdvisory {
    /// What a list says of it.
    #[serde(flatten)]
    pub summary: AdvisorySummary,
    /// The record as far as a verdict needs it, in OSV's form.
    #[schema(value_type = Object)]
    pub record: Value,
}

impl Endpoint for ListAdvisories {
    type Response = AdvisoriesResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/advisories";
}

impl Endpoint for GetAdvisory {
    type Response = AdvisoryDetail;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/advisories/{id}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::QuestionTooLarge];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.id)
    }
}
