//! Exposure: how long hosts ran what an advisory says is vulnerable, and which were clean in time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    AffectedRequest, Coverage, During, Endpoint, ErrorCode, LeftOutAdvisories, Match, Method,
    Stream, Summary, Unspoken, words::words,
};

words! {
    /// How a host stands to an advisory now.
    ExposureState {
        /// Something affected runs, as far as the host told last.
        Exposed = "exposed",
        /// Nothing affected runs any more.
        Fixed = "fixed",
        /// What was known to be affected ended, and it can't be known whether something affected runs.
        Unknown = "unknown",
    }
}

words! {
    /// Why it isn't known over some time whether a host was exposed.
    UnknownKind {
        /// The host had not enrolled yet.
        Pending = "pending",
        /// It sent no full report for too long, or never one.
        Silent = "silent",
        /// Two machines reported as it.
        Cloned = "cloned",
        /// It could not list everything that ran.
        Incomplete = "incomplete",
        /// It ran containers that nobody looks at, or that have no image.
        Unseen = "unseen",
        /// It ran an image without an SBOM, or with a partial one.
        Sbom = "sbom",
        /// It ran something of which the advisory doesn't say whether it is affected.
        Verdict = "verdict",
        /// What ended then isn't kept any more.
        Dropped = "dropped",
        /// It was removed while something affected ran.
        Removed = "removed",
    }
}

/// Asks since when and until when hosts were exposed to what the advisories speak of.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct ExposureRequest {
    /// The advisories, as OSV records. They are stored nowhere.
    #[schema(value_type = Vec<Object>)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisories: Vec<Box<RawValue>>,
    /// Instead: ids of vulnerabilities, in whatever case. The advisories are those of the feeds that were imported and
    /// speak of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// What vendors state, as OpenVEX documents, beside what was imported of that. They are stored nowhere.
    #[schema(value_type = Vec<Object>)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vex: Vec<Box<RawValue>>,
    /// Only advisories about a vulnerability that is known to be exploited, by the catalog (CISA's KEV) that was imported.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kev: bool,
    /// Ask by advisories of bug fixes and enhancements too (`ALBA-…`), which name no CVE.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bugfixes: bool,
    /// All of these must hold.
    #[serde(rename = "match", default)]
    pub matches: Vec<Match>,
    /// At least one of these must hold, where any are given; on fields of the artifact only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Match>,
    /// Only hosts that were exposed at this moment. What is told of each is its whole past.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Only hosts that were exposed at any moment of this range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<During>,
    /// Within so many days of publication hosts are to be clean; 7, 14 and 30 where none are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<u32>,
    /// At most so many results; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from, with the same advisories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl ExposureRequest {
    /// What is asked about, as `affected` is told it.
    #[must_use]
    pub fn into_affected(self) -> AffectedRequest {
        AffectedRequest {
            advisories: self.advisories,
            ids: self.ids,
            vex: self.vex,
            kev: self.kev,
            bugfixes: self.bugfixes,
            matches: self.matches,
            any: self.any,
            at: self.at,
            during: self.during,
            limit: self.limit,
            cursor: self.cursor,
            ..AffectedRequest::default()
        }
    }

    /// The same about what an `affected` asks.
    #[must_use]
    pub fn of(request: AffectedRequest, within: Vec<u32>) -> Self {
        Self {
            advisories: request.advisories,
            ids: request.ids,
            vex: request.vex,
            kev: request.kev,
            bugfixes: request.bugfixes,
            matches: request.matches,
            any: request.any,
            at: request.at,
            during: request.during,
            within,
            limit: request.limit,
            cursor: request.cursor,
        }
    }
}

/// The answer to [`ExposureRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExposureResponse {
    /// Hosts by how they stand now.
    pub summary: ExposureSummary,
    /// Hosts by whether they were clean in time, one for each of the days that were asked for.
    pub within: Vec<CleanWithin>,
    /// One for each host and advisory, in a total order: advisory, host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<HostExposure>>,
    /// What may have been affected at some time, without a known verdict.
    pub unknown: Summary,
    /// How much would have been affected or unknown at any time, and wasn't by what a vendor states (VEX).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excused: Option<Summary>,
    /// Distributions of which nothing is known, as `affected` has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unspoken: Vec<Unspoken>,
    /// How many there are, if not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unspoken_total: Option<u64>,
    /// Advisories that the server did not accept, while it accepted the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutAdvisories>,
    /// How many advisories were taken.
    pub advisories: u64,
    /// How many results there are in all.
    pub total: u64,
    /// Whether there are more than listed.
    pub truncated: bool,
    /// The cursor for the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much it can know of the time from the first publication on, or of the time that is asked about.
    pub coverage: Coverage,
}

/// Hosts that were exposed, by how they stand now; by the worst where there are several advisories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExposureSummary {
    /// All of them.
    pub hosts: u64,
    /// Those that are still exposed.
    pub exposed: u64,
    /// Those of which it isn't known whether they are.
    pub unknown: u64,
    /// Those that aren't any more.
    pub fixed: u64,
}

/// Hosts that ran something affected when its advisory was published or later, by whether they were rid of it within
/// so many days, for good; by the worst where there are several advisories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CleanWithin {
    /// So many days after publication.
    pub days: u32,
    /// All of them.
    pub hosts: u64,
    /// Those that were clean by then, and not exposed since.
    pub clean: u64,
    /// Those that were exposed later.
    pub late: u64,
    /// Hosts that are exposed, with time left.
    pub open: u64,
    /// Hosts for which it is unknown; they don't count as `clean`.
    pub unknown: u64,
}

/// How long one host was exposed by one advisory. Its texts are its own, or somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default"))]
pub struct HostExposure<S = String> {
    /// The advisory's id.
    pub advisory: S,
    /// The CVEs that it is about.
    pub cves: Vec<S>,
    /// The host.
    pub host: S,
    /// When something affected first ran there, in the kept history.
    #[serde(serialize_with = "crate::moment::write")]
    pub first_exposed: Timestamp,
    /// When the advisory was published, where it says so.
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub published: Option<Timestamp>,
    /// When the last affected container ended; missing while one runs.
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub fixed_at: Option<Timestamp>,
    /// Full days over which it is known that something affected ran.
    pub days: u64,
    /// Those of them since publication.
    pub days_since_published: Option<u64>,
    /// Full days since publication or first exposure, whichever was first, of which it isn't known.
    pub unknown_days: u64,
    /// How it stands now.
    pub state: ExposureState,
    /// When and why it is unknown; at most 20 entries.
    pub unknown: Vec<UnknownTime>,
    /// How many there are, where not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_total: Option<u64>,
}

/// A result whose texts are kept elsewhere, to be written as they are.
pub type ExposureRow<'t> = HostExposure<&'t str>;

impl ExposureRow<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> HostExposure {
        HostExposure {
            advisory: self.advisory.to_owned(),
            cves: self.cves.into_iter().map(str::to_owned).collect(),
            host: self.host.to_owned(),
            first_exposed: self.first_exposed,
            published: self.published,
            fixed_at: self.fixed_at,
            days: self.days,
            days_since_published: self.days_since_published,
            unknown_days: self.unknown_days,
            state: self.state,
            unknown: self.unknown,
            unknown_total: self.unknown_total,
        }
    }
}

/// A time over which it isn't known whether a host was exposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnknownTime {
    /// Why.
    pub kind: UnknownKind,
    /// Since when.
    #[serde(serialize_with = "crate::moment::write")]
    pub from: Timestamp,
    /// The end; missing while it continues.
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub until: Option<Timestamp>,
}

impl Endpoint for ExposureRequest {
    type Response = ExposureResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/affected/exposure";
    const REFUSALS: &'static [ErrorCode] = AffectedRequest::REFUSALS;
    const STREAM: Option<Stream> = Some(Stream {
        media_type: "application/x-ndjson",
        about: "Every result, one `HostExposure` a line and without a bound. An error in the \
                middle is the last line, an `ErrorBody`.",
    });
}
