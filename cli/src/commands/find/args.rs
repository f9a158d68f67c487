//! What may be typed behind `find`.

use clap::Args;
use proto_types::{Field, GroupBy, Op};

use crate::{
    args::{PageArgs, TermArgs},
    ask::complete,
    exit::exit_statuses,
    words::choice::choice,
};

/// What stands under the help text.
const AFTER_HELP: &str = concat!(
    "\
Terms, all of which must match; quote them, as most of these characters are special to shells:
  openssl, 'lib*'           an artifact's name, or a pattern with `*?[]{}`
  'openssl<3.0.15'          its version, in the order of its ecosystem: < <= > >= = !=
  nginx:1.27, sha256:4c4c   an image; pkg:deb/debian/openssl@3.0.15 is a package URL
  FIELD=VALUE               = takes patterns, != doesn't; ~ takes a regular expression
  Fields: name type version purl source source_version module distro distro_version
  image_name image_digest container host, and image (with = only)
  Operators: eq ne contains prefix glob regex lt le gt ge

Examples:
  assetctl find 'openssl<3.0.15' --host 'web*'
  assetctl find --match name eq openssl --match version lt 3.0.15
  assetctl find openssl --group-by version
  assetctl find openssl --at 2026-03-28T12:00Z
  assetctl find 'openssl<3.0.15' --watch 30s --exit-when-empty
  assetctl find openssl -o csv --evidence > openssl.csv
  cut -d' ' -f1 advisory.txt | assetctl find -f - -o csv

",
    exit_statuses!()
);

/// Find where artifacts run
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct FindArgs {
    /// What to find: openssl, 'openssl<3.0.15', 'host=web*'; with --field, the value
    #[arg(value_name = "TERM", add = complete::terms())]
    pub(super) terms: Vec<String>,

    /// Field to compare TERM with
    #[arg(long, value_name = "FIELD", value_parser = choice::<Field>(), hide_possible_values = true)]
    pub(super) field: Option<Field>,

    /// Operator for --field [default: eq]
    #[arg(long, value_name = "OP", requires = "field", value_parser = choice::<Op>(), hide_possible_values = true)]
    pub(super) op: Option<Op>,

    /// Add a condition; can be repeated
    #[arg(long = "match", num_args = 3, value_names = ["FIELD", "OP", "VALUE"], add = complete::conditions())]
    #[arg(action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(super) matches: Vec<String>,

    #[command(flatten)]
    pub(super) only: TermArgs,

    /// Match any name or purl in this file, one per line; - for standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) file: Option<String>,

    /// What ran at this time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", add = complete::times(), conflicts_with = "during")]
    pub(super) at: Option<String>,

    /// What ran at any time in FROM..TO, FROM.. (until now), or a day
    #[arg(long, value_name = "RANGE", add = complete::ranges())]
    pub(super) during: Option<String>,

    /// Count by version, name, type, image, host, or distro
    #[arg(long, value_name = "WHAT", value_parser = choice::<GroupBy>(), hide_possible_values = true)]
    pub(super) group_by: Option<GroupBy>,

    /// List the images to rebuild, most hosts fixed first
    #[arg(long, conflicts_with = "group_by")]
    pub(super) cover: bool,

    /// Print only the counts
    #[arg(long, conflicts_with_all = ["group_by", "cover"])]
    pub(super) count: bool,

    /// With -o csv: all rows, after `#` lines with the query, time, and coverage
    #[arg(long)]
    pub(super) evidence: bool,

    /// Repeat every 30s, 5m: redraws a terminal, prints changes in a pipe
    #[arg(long, value_name = "EVERY", conflicts_with_all = ["at", "during", "cursor", "evidence"])]
    pub(super) watch: Option<String>,

    /// Exit with 0 once it is proven that nothing is found
    #[arg(long, requires = "watch")]
    pub(super) exit_when_empty: bool,

    #[command(flatten)]
    pub(super) page: PageArgs,
}
