//! What may be typed behind `affected` of how an answer is asked for and shown.

use clap::Args;
use proto_types::AffectedGroupBy;

use crate::words::choice::choice;

/// How an answer is asked for and shown.
#[derive(Args)]
pub(super) struct WayArgs {
    /// Only what fits any of the names or purls in this file, one per line; - for standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) file: Option<String>,

    /// Ask by notices of bug fixes and enhancements (ALBA, RHEA) too
    #[arg(long)]
    pub(super) bugfixes: bool,

    /// Count by advisory, version, name, type, image, host or distro
    #[arg(long, value_name = "WHAT", value_parser = choice::<AffectedGroupBy>(), hide_possible_values = true)]
    pub(super) group_by: Option<AffectedGroupBy>,

    /// The images to rebuild, those that fix the most hosts first
    #[arg(long, conflicts_with = "group_by")]
    pub(super) cover: bool,

    /// Show each step of the decisions on this: openssl, libssl3@3.0.11-1, a purl
    #[arg(long, value_name = "ARTIFACT", conflicts_with_all = ["group_by", "cover", "count", "watch", "verdicts", "cursor"])]
    pub(super) explain: Option<String>,

    /// Print only the counts
    #[arg(long, conflicts_with_all = ["group_by", "cover"])]
    pub(super) count: bool,

    /// Repeat every 30s, 5m: redraws a terminal, else prints what came and went
    #[arg(long, value_name = "EVERY", conflicts_with_all = ["at", "during", "cursor"])]
    pub(super) watch: Option<String>,

    /// Exit with 0 once nothing is affected and that is proven
    #[arg(long, requires = "watch")]
    pub(super) exit_when_empty: bool,
}
