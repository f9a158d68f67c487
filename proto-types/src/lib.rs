//! The wire of assetmon: every request, response, error and endpoint path, and nothing else.
//!
//! One module a noun of the API. A request type knows its own method, path and response
//! ([`Endpoint`]), so that client and server can't drift apart. Times are RFC 3339 in UTC.

mod advisory;
mod affected;
mod affected_group;
mod affecting;
mod artifact;
mod backup;
mod change;
mod container;
mod coverage;
mod diff;
mod digest;
mod done;
mod during;
mod endpoint;
mod enroll;
mod error;
mod explain;
mod exposure;
mod facts;
mod feed;
mod find;
mod group;
mod host;
mod image;
mod lease;
mod matching;
pub mod moment;
mod opinion;
mod report;
mod request_id;
mod sbom;
mod scan;
mod segment;
mod server_version;
mod share;
mod status;
mod timeline;
mod token;
mod unseen;
mod verdict;
mod withdraw;
mod words;

pub use advisory::{
    AdvisoriesResponse, AdvisoryDetail, AdvisorySummary, GetAdvisory, KeptAdvisory, ListAdvisories,
};
pub use affected::{
    AffectedRequest, AffectedResponse, AffectedResult, AffectedRow, AffectedSummary, FeedAge,
    LeftOutAdvisories, LeftOutAdvisory, Unspoken,
};
pub use affected_group::{AffectedGroup, AffectedGroupBy};
pub use affecting::{AffectingAdvisory, AffectingResponse, Extent, ListAffecting};
pub use artifact::Artifact;
pub use backup::{BackupTaken, TakeBackup};
pub use change::{Change, ChangeKind, ChangesResponse, ListChanges};
pub use container::{ContainersResponse, ListContainers, RunningContainer};
pub use coverage::Coverage;
pub use diff::{ChangedArtifact, DiffResponse, DiffSide, Direction, GetDiff};
pub use digest::{ImageDigest, MalformedDigest};
pub use done::Done;
pub use during::During;
pub use endpoint::{Endpoint, Method, Stream, Upload};
pub use enroll::{Enroll, EnrollResponse};
pub use error::{ErrorBody, ErrorCode, ErrorDetail};
pub use explain::{ExplainedAdvisory, ExplainedArtifact};
pub use exposure::{
    CleanWithin, ExposureRequest, ExposureResponse, ExposureRow, ExposureState, ExposureSummary,
    HostExposure, UnknownKind, UnknownTime,
};
pub use facts::ImageFacts;
pub use feed::{
    CompleteLine, DropFeed, Feed, FeedEcosystem, FeedGap, FeedImported, FeedsResponse,
    GapsResponse, ImportFeed, ListFeeds, ListGaps, Lists, SkippedLine, SkippedPart, Skips,
};
pub use find::{
    CoverImage, FindRequest, FindResponse, FindResult, FindRow, RelatedArtifact, Summary,
};
pub use group::{Group, GroupBy};
pub use host::{
    CreateHost, GetHost, Host, HostCode, HostState, HostsResponse, ListHosts, RemoveHost, ResetHost,
};
pub use image::{
    Conflict, GetImage, ImageDetail, ImageState, ImageSummary, ImagesResponse, ListImages,
    RetryImage, ScanAttempt,
};
pub use jiff::Timestamp;
pub use lease::{HeldLease, Lease};
pub use matching::{Field, Match, Op};
pub use opinion::{ConflictingImage, Opinion, SecondOpinion};
pub use report::{
    ContainerReport, FullReport, LeftOut, LeftOutItem, ReportResponse, ReportedContainer,
};
pub use request_id::{REQUEST_ID, RequestId};
pub use sbom::{GetHostSbom, GetImageSbom, SbomDocument, SbomFormat};
pub use scan::{
    FailureCause, ScanFailure, ScanFailureResponse, ScanOutcome, ScanReport, ScanResponse,
    ScanStatus, ScannedImage,
};
pub use segment::from_segment;
pub use server_version::SERVER_VERSION;
pub use share::Share;
pub use status::{Counts, GetStatus, QueuedImage, StatusResponse, StoreStatus, TlsStatus};
pub use timeline::{TimelinePoint, TimelineRequest};
pub use token::{
    CreateToken, CreateTokenResponse, ListTokens, RevokeToken, Role, TokenSummary, TokensResponse,
};
pub use unseen::{Runtime, Unseen};
pub use verdict::Verdict;
pub use withdraw::{RescanImage, WithdrawHost, WithdrawImage, Withdrawal, Withdrawn};
pub use words::Word;
