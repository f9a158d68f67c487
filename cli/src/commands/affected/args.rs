//! What may be typed behind `affected`.

use clap::Args;
use proto_types::Verdict;

use super::{exposure::ExposureArgs, feeds::FeedArgs, ways::WayArgs};
use crate::{
    args::{PageArgs, TermArgs},
    ask::complete,
    exit::exit_statuses,
    words::choice::choice,
};

/// What stands under the help text.
const AFTER_HELP: &str = concat!(
    "\
ADVISORIES is the id of an advisory or a CVE, looked up in the imported feeds (see `assetctl
advisories`), or OSV records: a file with one or several, a folder of such files, a .zip from
OSV.dev, a .tar.gz, or - for standard input. Files are read for this question and not stored.
Terms narrow the question, as in `assetctl find`.

Every verdict has a reason: affected; fixed (this version has the fix); not_affected (this version
never had the problem); unknown (can't be decided). An empty answer is proven only if nothing is
unknown either: every image has an SBOM, every verdict is decided, and some advisory (for an id:
some feed) covers every distribution in use.

Examples:
  assetctl affected CVE-2024-6119
  assetctl affected DSA-5764-1.json
  assetctl affected DSA-5764-1.json --during 2026-03-01..
  assetctl affected CVE-2024-6119 --exposure
  assetctl affected CVE-2024-6119 --exposure --within 3d,7d -o csv --evidence > audit.csv
  assetctl affected Debian.zip 'host=web*' --verdict affected,unknown -o csv
  assetctl affected Debian.zip --group-by advisory
  assetctl affected CVE-2024-6119 --cover
  assetctl affected CVE-2024-6119 --explain libssl3
  assetctl affected CVE-2024-6119 --watch 30s --exit-when-empty
  curl -s https://api.osv.dev/v1/vulns/CVE-2024-6119 | assetctl affected -

",
    exit_statuses!()
);

/// Find what advisories say is vulnerable
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct AffectedArgs {
    /// Advisories: an id, a file, a folder, an archive, or - for standard input
    #[arg(value_name = "ADVISORIES", value_hint = clap::ValueHint::AnyPath)]
    pub(super) advisories: String,

    /// Narrow the question: openssl, 'host=web*', 'distro=debian'
    #[arg(value_name = "TERM", add = complete::terms())]
    pub(super) terms: Vec<String>,

    /// Add a condition; can be repeated
    #[arg(long = "match", num_args = 3, value_names = ["FIELD", "OP", "VALUE"], add = complete::conditions())]
    #[arg(action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(super) matches: Vec<String>,

    #[command(flatten)]
    pub(super) only: TermArgs,

    /// Verdicts to list: affected, fixed, not_affected, unknown [default: affected]
    #[arg(long = "verdict", value_name = "VERDICTS", value_delimiter = ',')]
    #[arg(value_parser = choice::<Verdict>(), hide_possible_values = true)]
    pub(super) verdicts: Vec<Verdict>,

    /// What ran at this time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", add = complete::times(), conflicts_with = "during")]
    pub(super) at: Option<String>,

    /// What ran at any time in FROM..TO, FROM.. (until now), or a day
    #[arg(long, value_name = "RANGE", add = complete::ranges())]
    pub(super) during: Option<String>,

    #[command(flatten)]
    pub(super) ways: WayArgs,

    #[command(flatten)]
    pub(super) exposure: ExposureArgs,

    #[command(flatten)]
    pub(super) feeds: FeedArgs,

    #[command(flatten)]
    pub(super) page: PageArgs,
}
