//! What may be typed behind `find`.

use clap::Args;
use proto_types::{Field, GroupBy, Op};

use crate::{args::PageArgs, ask::complete, exit::exit_statuses, words::choice::choice};

/// What stands under the help text.
const AFTER_HELP: &str = concat!(
    exit_statuses!(),
    "

Examples:
  assetctl find openssl 'version<3.0.15' 'host=web*'
  assetctl find --match name eq openssl --match version lt 3.0.15
  assetctl find --field name --op eq openssl
  assetctl find openssl --group-by version
  assetctl find openssl --at 2026-03-28T12:00Z
  assetctl find openssl 'version<3.0.15' --cover
  assetctl find openssl 'version<3.0.15' --watch 30s --exit-when-empty
  assetctl find openssl -o csv --evidence > openssl.csv
  assetctl find openssl -o name | xargs -n1 assetctl host show
  cut -d' ' -f1 advisory.txt | assetctl find -f - -o csv"
);

/// Find where artifacts run
///
/// All terms must match. A bare word is a name. `FIELD=VALUE` compares for equality, or matches a
/// glob if the value contains any of `*?[{`; `!=` is the opposite, without globs; `~` takes a
/// regular expression; `< <= > >=` compare versions by the rules of the artifact's own ecosystem.
/// Quote terms: most of these characters are special to the shell.
///
/// Fields: name type version purl source source_version module distro distro_version image_name
/// image_digest container host. Ops: eq ne contains prefix glob regex lt le gt ge.
///
/// The summary, the coverage and what was left out are printed to standard error.
#[derive(Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct FindArgs {
    /// What to find: `openssl`, `version<3.0.15`, `host=web*`; with --field, the one value
    #[arg(value_name = "TERM", add = complete::packages())]
    pub(super) terms: Vec<String>,

    /// Field to compare TERM with
    #[arg(long, value_name = "FIELD", value_parser = choice::<Field>())]
    pub(super) field: Option<Field>,

    /// Operator for --field [default: eq]
    #[arg(long, value_name = "OP", requires = "field", value_parser = choice::<Op>())]
    pub(super) op: Option<Op>,

    /// Add a condition; can be repeated
    #[arg(long = "match", num_args = 3, value_names = ["FIELD", "OP", "VALUE"])]
    #[arg(action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(super) matches: Vec<String>,

    /// Find any of the names or purls in this file, one per line; `-` for standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) file: Option<String>,

    /// What ran at this time: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", conflicts_with = "during")]
    pub(super) at: Option<String>,

    /// What ran at any time in FROM..TO, FROM.. (until now) or one day
    #[arg(long, value_name = "RANGE")]
    pub(super) during: Option<String>,

    /// Group the results by this and count them; versions are listed newest first
    #[arg(long, value_name = "WHAT", value_parser = choice::<GroupBy>())]
    pub(super) group_by: Option<GroupBy>,

    /// List the images to rebuild, those that fix the most hosts first
    #[arg(long, conflicts_with = "group_by")]
    pub(super) cover: bool,

    /// Print only the counts
    #[arg(long, conflicts_with_all = ["group_by", "cover"])]
    pub(super) count: bool,

    /// With `-o csv`: print all rows, after `#` lines with the query, its time, the server and the
    /// coverage
    #[arg(long)]
    pub(super) evidence: bool,

    /// Repeat the query at this interval, until Ctrl-C: 30s, 5m
    ///
    /// On a terminal, the screen is redrawn each time. Otherwise each result that appears or
    /// disappears is printed as an NDJSON line with `event` (`came` or `went`) and `at`; the
    /// results of the first answer all came.
    #[arg(long, value_name = "EVERY", conflicts_with_all = ["at", "during", "cursor", "evidence"])]
    pub(super) watch: Option<String>,

    /// Exit with status 0 once nothing is found and the coverage is complete
    ///
    /// While the coverage isn't complete, an empty answer proves nothing: the watch goes on, and
    /// says what it waits for.
    #[arg(long, requires = "watch")]
    pub(super) exit_when_empty: bool,

    #[command(flatten)]
    pub(super) page: PageArgs,
}
