//! Hosts: the enrolled machines.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Coverage, Done, Endpoint, ErrorCode, Method, Unseen, endpoint::fill, words::words};

words! {
    /// How a host stands.
    HostState {
        /// It was added and has not enrolled yet.
        Pending = "pending",
        /// It reports.
        Reporting = "reporting",
        /// It reports, but could not list everything that runs.
        Incomplete = "incomplete",
        /// Two machines report with its token, and each ends what the other runs.
        Cloned = "cloned",
        /// Its last full report is too old, or it never sent one.
        Silent = "silent",
    }
}

/// Lists every host.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub struct ListHosts {}

/// The answer to [`ListHosts`], ordered by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HostsResponse {
    /// The hosts.
    pub hosts: Vec<Host>,
    /// The time that the answer is about.
    #[serde(serialize_with = "crate::moment::write")]
    pub as_of: Timestamp,
    /// How much of the fleet the answer covers.
    pub coverage: Coverage,
}

/// Shows one host.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GetHost {
    /// Its name.
    #[serde(skip)]
    pub name: String,
}

/// One host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Host {
    /// Its name, unique among the hosts.
    pub name: String,
    /// How it stands.
    pub state: HostState,
    /// When it was added.
    #[serde(serialize_with = "crate::moment::write")]
    pub added_at: Timestamp,
    /// When it enrolled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub enrolled_at: Option<Timestamp>,
    /// When it last reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub last_report_at: Option<Timestamp>,
    /// When it last sent a full report; a host without a recent one is silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub last_full_report_at: Option<Timestamp>,
    /// When two machines started to report with its token, if they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(serialize_with = "crate::moment::write_or_none")]
    pub cloned_since: Option<Timestamp>,
    /// The counter of its last report.
    pub seq: u64,
    /// The scanner it said it scans with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
    /// How many containers it runs.
    pub containers: u64,
    /// How many distinct images they use.
    pub images: u64,
    /// Other things that run containers there and are not looked at, by its last full report.
    #[serde(default, skip_serializing_if = "Unseen::is_empty")]
    pub unseen: Unseen,
}

/// Adds a host, to be enrolled with the code that is answered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreateHost {
    /// Its name: letters, digits, `.`, `_` and `-`, at most 253 of them.
    pub name: String,
}

/// A code to enroll a host with: it works once, and for an hour.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct HostCode {
    /// The host's name.
    pub name: String,
    /// The code, shown this once.
    pub code: String,
    /// Until when it works.
    #[serde(serialize_with = "crate::moment::write")]
    pub expires_at: Timestamp,
}

/// Removes a host: its token ends, and so do its runs. Its past stays.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RemoveHost {
    /// Its name.
    #[serde(skip)]
    pub name: String,
}

/// Ends a host's token and makes a new code. Its runs stay as they are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ResetHost {
    /// Its name.
    #[serde(skip)]
    pub name: String,
}

impl Endpoint for ListHosts {
    type Response = HostsResponse;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/hosts";
}

impl Endpoint for GetHost {
    type Response = Host;
    const METHOD: Method = Method::Get;
    const ROUTE: &'static str = "/api/v1/hosts/{name}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}

impl Endpoint for CreateHost {
    type Response = HostCode;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/hosts";
    const STATUS: u16 = 201;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::StorageFull];
}

impl Endpoint for RemoveHost {
    type Response = Done;
    const METHOD: Method = Method::Delete;
    const ROUTE: &'static str = "/api/v1/hosts/{name}";
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}

impl Endpoint for ResetHost {
    type Response = HostCode;
    const METHOD: Method = Method::Post;
    const ROUTE: &'static str = "/api/v1/hosts/{name}/reset";
    const STATUS: u16 = 201;
    const REFUSALS: &'static [ErrorCode] = &[ErrorCode::NotFound, ErrorCode::StorageFull];
    fn path(&self) -> String {
        fill(Self::ROUTE, &self.name)
    }
}
