//! What may be typed behind `affected` of how an answer is asked for and shown.

use clap::Args;
use proto_types::AffectedGroupBy;

use crate::words::choice::choice;

/// How an answer is asked for and shown.
#[derive(Args)]
pub(super) struct WayArgs {
    /// Match any name or purl in this file, one per line; - for standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) file: Option<String>,

    /// Also use notices of bug fixes and enhancements (ALBA, RHEA)
    #[arg(long)]
    pub(super) bugfixes: bool,

    /// Count by advisory, version, name, type, image, host, or distro
    #[arg(long, value_name = "WHAT", value_parser = choice::<AffectedGroupBy>(), hide_possible_values = true)]
    pub(super) group_by: Option<AffectedGroupBy>,

    /// List the images to rebuild, most hosts fixed first
    #[arg(long, conflicts_with = "group_by")]
    pub(super) cover: bool,

    /// Explain the verdicts on an artifact step by step: openssl, libssl3@3.0.11-1, a purl
    #[arg(long, value_name = "ARTIFACT", conflicts_with_all = ["group_by", "cover", "count", "watch", "verdicts", "cursor"])]
    pub(super) explain: Option<String>,

    /// Print only the counts
    #[arg(long, conflicts_with_all = ["group_by", "cover"])]
    pub(super) count: bool,

    /// Repeat every 30s, 5m: redraws a terminal, prints changes in a pipe
    #[arg(long, value_name = "EVERY", conflicts_with_all = ["at", "during", "cursor"])]
    pub(super) watch: Option<String>,

    /// Exit with 0 once it is proven that nothing is affected
    #[arg(long, requires = "watch")]
    pub(super) exit_when_empty: bool,
}
