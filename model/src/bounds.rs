//! Bounds: every length and count of what may come in. The agent keeps to the numbers that the
//! server holds it to, so that one odd thing is left out and named, and never refuses a report.

use std::time::Duration;

/// Containers of one full report.
pub const CONTAINERS: usize = 5_000;
/// Bytes of a container's name, and of the name that its image was started by.
pub const CONTAINER_NAME: usize = 1_024;
/// Runtimes of one full report that nobody looks at.
pub const RUNTIMES: usize = 64;
/// Bytes of the mark of the machine that reports.
pub const MACHINE: usize = 64;
/// Marks of machines that are kept of one host.
pub const MACHINES: usize = 64;
/// Silent hosts that an answer names: of more of them, how many there are says enough.
pub const SILENT_NAMED: u64 = 4;
/// Bytes of a host's name: those of a DNS name.
pub const HOST_NAME: usize = 253;
/// A report's counter: what a store can keep as a signed number.
pub const SEQ: u64 = i64::MAX as u64;
/// Bytes of a token's name.
pub const TOKEN_NAME: usize = 256;
/// Seconds until a token expires: a hundred years.
pub const TOKEN_SECONDS: u64 = 100 * 365 * 24 * 3600;
/// Artifacts of one image.
pub const ARTIFACTS: usize = 200_000;
/// Bytes of the types, names, versions, package URLs and all other texts of the artifacts of one image.
pub const ARTIFACT_TEXTS: usize = 32 << 20;
/// Elements of any list in a body: more than any may have, so that what is left out can be counted.
pub const LISTED: usize = 250_000;
/// Bytes of all large bodies together that are in memory as they come, packed or unpacked. One that
/// has more comes alone.
pub const LARGE_BODIES: usize = 16 << 20;
/// Bytes of an artifact's type, name, version, source, source version and module, and of any
/// other short text that comes with a report.
pub const FIELD: usize = 1_024;
/// Bytes of an artifact's package URL.
pub const PURL: usize = 4_096;
/// Licenses of one artifact.
pub const LICENSES: usize = 64;
/// Manifest digests that name one image.
pub const ALIASES: usize = 64;
/// Characters of what a scan's failure says.
pub const MESSAGE: usize = 500;
/// Bytes of the body of a request, packed and unpacked, but for those below.
pub const BODY: usize = 1 << 20;
/// Bytes of the body of an enrollment, which anyone may send.
pub const ENROLL_BODY: usize = 16 << 10;
/// Bytes of the body of a full report, packed and unpacked.
pub const FULL_REPORT_BODY: usize = 8 << 20;
/// Bytes of the body of an SBOM.
pub const SBOM_BODY: usize = 64 << 20;
/// Bytes of the value of a condition.
pub const CONDITION_VALUE: usize = 4_096;
/// Conditions of one question that must all hold.
pub const MATCHES: usize = 64;
/// Conditions of one question of which one must hold: as many names or purls as it may list.
pub const ANY: usize = 20_000;
/// Globs and regular expressions of one question.
pub const PATTERNS: usize = 64;
/// Bytes of memory that one compiled glob or regular expression takes.
pub const PATTERN_BYTES: usize = 1 << 20;
/// Bytes of memory that all compiled globs and regular expressions of one question take.
pub const PATTERN_BYTES_OF_ALL: usize = 8 << 20;
/// Requests that a host may send in a minute, where nothing else is set.
pub const HOST_REQUESTS: u32 = 600;
/// The same of a reader or an admin.
pub const READER_REQUESTS: u32 = 30_000;
/// Requests of one token that are worked on at once; more wait.
pub const REQUESTS: usize = 4;
/// Requests of one token that wait.
pub const WAITING: usize = 64;
/// Streams that one token may have open.
pub const STREAMS: usize = 16;
/// How long a request waits for its turn.
pub const TURN: Duration = Duration::from_secs(10);
/// How long the database may be asked for one answer.
pub const ROWS_TIME: Duration = Duration::from_secs(30);
/// Questions that are answered at once; more wait.
pub const QUESTIONS: usize = 16;
/// How long a question may take.
pub const QUESTION_TIME: Duration = Duration::from_secs(10);
/// Bytes of rows after which a document ends, with a cursor to what is behind.
pub const DOCUMENT: usize = 32 << 20;
/// Versions that one answer puts in order.
pub const VERSIONS: usize = 20_000;
/// Containers for which images to rebuild are chosen.
pub const COVERED: u64 = 2_000_000;
/// Pairs of an artifact and an image whose groups, or images to rebuild, an answer by advisories has.
pub const JUDGED_PAIRS: usize = 4_000_000;
/// Artifacts whose decisions an answer explains.
pub const EXPLAINED: usize = 100;
/// Moments that a timeline counts at.
pub const TIMELINE_POINTS: std::ops::RangeInclusive<u16> = 2..=500;
/// Bytes of one advisory as its feed publishes it.
pub const ADVISORY: usize = 16 << 20;
/// Objects and lists within each other in an advisory.
pub const ADVISORY_DEPTH: usize = 100;
/// Bytes of an advisory's id, and of one that it names.
pub const ADVISORY_ID: usize = 256;
/// Ids that an advisory names, of each kind.
pub const ADVISORY_IDS: usize = 10_000;
/// Characters of an advisory's summary.
pub const ADVISORY_SUMMARY: usize = 300;
/// Scores of an advisory.
pub const ADVISORY_SCORES: usize = 16;
/// Packages that one advisory speaks of.
pub const ADVISORY_PACKAGES: usize = 50_000;
/// Ranges of one of them.
pub const ADVISORY_RANGES: usize = 1_000;
/// Events of one range.
pub const ADVISORY_EVENTS: usize = 2_000;
/// Versions that one of them lists.
pub const ADVISORY_VERSIONS: usize = 50_000;
/// Binary packages that one of them lists.
pub const ADVISORY_BINARIES: usize = 10_000;
/// Advisories of one import.
pub const ADVISORIES: u64 = 2_000_000;
/// Bytes of one import, unpacked.
pub const ADVISORIES_BYTES: u64 = 8 << 30;
/// Entries of a catalog of exploited vulnerabilities.
pub const EXPLOITED: usize = 100_000;
/// CVEs that a feed says something of, such as how likely they are to be exploited.
pub const CVES: usize = 1_000_000;
/// Statements (VEX) of a feed, and of a question with those that were imported on what it is about.
pub const VEX: usize = 100_000;
/// Documents of statements that one question brings.
pub const VEX_DOCUMENTS: usize = 1_000;
/// Bytes of a table of how likely vulnerabilities are to be exploited, of a catalog of exploited ones, and of a document of a
/// vendor's statements.
pub const STATEMENTS: u64 = 64 << 20;
/// Bytes of the body of a question that brings its advisories, packed and unpacked.
pub const AFFECTED_BODY: usize = 64 << 20;
/// Bytes of the advisories of all streams that are open, as they were asked with.
pub const ADVISORIES_OPEN: usize = 64 << 20;
/// Advisories that one question brings.
pub const ADVISORIES_ASKED: usize = 50_000;
/// Advisories that were left out of a question and are named.
pub const ADVISORIES_NAMED: usize = 20;
/// Times over which it isn't known whether a host was exposed, as a row lists them.
pub const UNKNOWN_TIMES: usize = 20;
/// Numbers of days within which hosts are to be clean, of one question.
pub const WITHIN: usize = 10;
/// The greatest of them.
pub const WITHIN_DAYS: u32 = 3_650;
/// Distributions that no advisory speaks of, as an answer names them.
pub const UNSPOKEN_NAMED: usize = 100;
/// Bytes of the name of a feed's source.
pub const FEED_SOURCE: usize = 256;
/// Feeds that are kept.
pub const FEEDS: usize = 1_000;
/// Ecosystems that a feed speaks of.
pub const FEED_ECOSYSTEMS: usize = 50_000;
/// Ecosystems of a feed that are listed.
pub const FEED_ECOSYSTEMS_NAMED: usize = 100;
/// Bytes of the body of an import, packed and unpacked: what whoever sends it left out is told besides.
pub const IMPORT_BODY: usize = 9 << 30;
/// Advisories that are shown where all of a vulnerability are.
pub const ADVISORIES_SHOWN: usize = 1_000;
/// CVEs that a list says of an advisory.
pub const CVES_LISTED: usize = 100;
/// Ids that one question asks about.
pub const ADVISORY_IDS_ASKED: usize = 100;
