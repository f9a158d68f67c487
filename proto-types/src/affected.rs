//! `affected`: what advisories mean for what runs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    AffectedGroup, AffectedGroupBy, CoverImage, Coverage, During, Endpoint, ErrorCode,
    ExplainedArtifact, FindRequest, FindResult, Match, Method, Share, Stream, Summary, Verdict,
};

/// Asks which containers run what the advisories speak of.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct AffectedRequest {
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
    /// The verdicts whose results are wanted; `affected` alone where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verdicts: Vec<Verdict>,
    /// All of these must hold.
    #[serde(rename = "match", default)]
    pub matches: Vec<Match>,
    /// At least one of these must hold, where any are given; on fields of the artifact only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Match>,
    /// What ran at this moment, instead of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What ran at any moment of this range, instead of now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<During>,
    /// Ask by advisories of bug fixes and enhancements too (`ALBA-…`), which name no CVE: they are left aside where others
    /// are asked by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bugfixes: bool,
    /// Count what has the wanted verdicts by this instead of listing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_by: Option<AffectedGroupBy>,
    /// List the images whose rebuild frees the most hosts of what has the wanted verdicts, instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cover: bool,
    /// Tell each step of the decisions on the artifacts that fit, whatever the verdict, instead.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explain: bool,
    /// At most so many results; 0 for all, and 100 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// `next_cursor` of the answer that this one goes on from, with the same advisories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

impl AffectedRequest {
    /// Where it is asked about, as `find` is told it.
    #[must_use]
    pub fn as_find(&self) -> FindRequest {
        FindRequest {
            matches: self.matches.clone(),
            any: self.any.clone(),
            at: self.at,
            during: self.during,
            limit: self.limit,
            cursor: self.cursor.clone(),
            ..FindRequest::default()
        }
    }
}

/// The answer to [`AffectedRequest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedResponse {
    /// How much each verdict is about, of all four, whichever are wanted.
    pub summary: AffectedSummary,
    /// One for each advisory that speaks of an artifact in a container, in a total order: advisory (what
    /// is known to be exploited first, then by how likely it is to be, then by id), name, type, version (newest first), image, host, container.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<AffectedResult>>,
    /// With `group_by`, instead of the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<AffectedGroup>>,
    /// With `cover`, instead of the results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Vec<CoverImage>>,
    /// With `explain`, in place of the results: one for each artifact that fits and distribution whose images hold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Vec<ExplainedArtifact>>,
    /// Distributions whose packages run and that, on some vulnerability, no advisory speaks of: nothing is known of
    /// those. Of a question by ids, those that no feed lists everything of either. Those of the most hosts come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unspoken: Vec<Unspoken>,
    /// How many there are, if not all are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unspoken_total: Option<u64>,
    /// The hosts that are silent now, by name, where there are no more than four; of a question about
    /// now, on its first page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub silent: Vec<String>,
    /// Advisories that the server did not accept, while it accepted the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutAdvisories>,
    /// How much would be affected or unknown, and is `not_affected` or `fixed` by what a vendor states (VEX).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excused: Option<Summary>,
    /// Of the feeds that the answer rests on, the one that was imported longest ago: what was published since isn't in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_feed: Option<FeedAge>,
    /// How many advisories were taken.
    pub advisories: u64,
    /// Advisories of bug fixes and enhancements that were left aside.
    #[serde(default, skip_serializing_if = "is_none")]
    pub bugfixes_left_aside: u64,
    /// How many results (with `group_by` groups, with `cover` images) there are in all.
    pub total: u64,
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

/// Whether there are none.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_none(count: &u64) -> bool {
    *count == 0
}

/// How much each verdict is about. What has several, by several artifacts or advisories, counts in
/// each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AffectedSummary {
    /// What is affected.
    pub affected: Summary,
    /// Hosts that were exposed and no longer are.
    pub fixed: Summary,
    /// What never was.
    pub not_affected: Summary,
    /// What can't be known.
    pub unknown: Summary,
}

impl AffectedSummary {
    /// How much one verdict is about.
    #[must_use]
    pub const fn of(&self, verdict: Verdict) -> Summary {
        match verdict {
            Verdict::Affected => self.affected,
            Verdict::Fixed => self.fixed,
            Verdict::NotAffected => self.not_affected,
            Verdict::Unknown => self.unknown,
        }
    }
}

/// A distribution whose packages run and that, on some vulnerability, no advisory speaks of; of a question by ids of which nothing is affected, also
/// a registry of which no feed lists everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unspoken {
    /// Its id; of a registry its name, such as `npm`.
    pub distro: String,
    /// Its version.
    pub distro_version: String,
    /// Images of it.
    pub images: u64,
    /// Containers that run them.
    pub containers: u64,
    /// Hosts that run them.
    pub hosts: u64,
    /// What isn't known, in words.
    pub reason: String,
}

/// When a feed was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedAge {
    /// The source that it is from.
    pub source: String,
    /// When it was imported.
    #[serde(serialize_with = "crate::moment::write")]
    pub imported_at: Timestamp,
}

/// Advisories, or parts of them, that were not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOutAdvisories {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub items: Vec<LeftOutAdvisory>,
}

/// One advisory, or a part of it, that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOutAdvisory {
    /// Its id, or where it stands in the request; shortened, without anything that a terminal would
    /// obey.
    pub advisory: String,
    /// Why.
    pub reason: String,
}

/// What one advisory means for one artifact in one container. Its texts are its own, or somebody
/// else's ([`AffectedRow`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default"))]
pub struct AffectedResult<S = String> {
    /// The advisory's id.
    pub advisory: S,
    /// The CVEs that it is about.
    pub cves: Vec<S>,
    /// What it means.
    pub verdict: Verdict,
    /// The version that fixes it, where one is known: of the source package, where the advisory names
    /// that.
    pub fixed: Option<S>,
    /// Why, in words.
    pub reason: S,
    /// When the first of its CVEs was added to the catalog of exploited vulnerabilities (CISA's
    /// KEV), such as `2026-11-30`, or `yes` if the date is unknown. Missing if none is in it, or
    /// if no catalog was imported.
    #[serde(default)]
    pub kev: Option<S>,
    /// The date by which it must be fixed, according to the catalog.
    #[serde(default)]
    pub kev_due: Option<S>,
    /// How likely it is to be exploited within 30 days (FIRST's EPSS), for the most likely of its
    /// CVEs.
    #[serde(default)]
    pub epss: Option<Share>,
    /// The share of all CVEs that are no more likely to be exploited.
    #[serde(default)]
    pub epss_percentile: Option<Share>,
    /// Who stated this (VEX), if the advisory alone would make it `affected` or `unknown`.
    #[serde(default)]
    pub stated_by: Option<S>,
    /// The artifact and the container.
    #[serde(flatten)]
    pub found: FindResult<S>,
}

/// A result whose texts are kept elsewhere, to be written as they are.
pub type AffectedRow<'t> = AffectedResult<&'t str>;

impl AffectedRow<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> AffectedResult {
        AffectedResult {
            advisory: self.advisory.to_owned(),
            cves: self.cves.into_iter().map(str::to_owned).collect(),
            verdict: self.verdict,
            fixed: self.fixed.map(str::to_owned),
            reason: self.reason.to_owned(),
            kev: self.kev.map(str::to_owned),
            kev_due: self.kev_due.map(str::to_owned),
            epss: self.epss,
            epss_percentile: self.epss_percentile,
            stated_by: self.stated_by.map(str::to_owned),
            found: self.found.into_owned(),
        }
    }
}

impl Endpoint for AffectedRequest {
    type Response = AffectedResponse;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/affected";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::QuestionTooLarge];
    const STREAM: Option<Stream> = Some(Stream {
        media_type: "application/x-ndjson",
        about: "Every result, one `AffectedResult` a line and without a bound. An error in the \
                middle is the last line, an `ErrorBody`.",
    });
}
