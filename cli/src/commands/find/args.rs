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

/// Say where artifacts run
///
/// Terms are all to hold at once. A word alone is a name. `FIELD=VALUE` compares, and with any of
/// `*?[{` in the value it is a pattern; `!=` is its opposite, without patterns; `~` takes a regular
/// expression; `< <= > >=` order versions as the artifact's own ecosystem does. Quote them: shells
/// mean something else by most of these characters.
///
/// Fields: name type version purl source source_version module distro distro_version image_name
/// image_digest container host. Ops: eq ne contains prefix glob regex lt le gt ge.
///
/// The summary, the coverage and what was left out are on standard error.
#[derive(Args)]
#[command(after_long_help = AFTER_HELP)]
pub(crate) struct FindArgs {
    /// What to find: `openssl`, `version<3.0.15`, `host=web*`; with --field, the one value
    #[arg(value_name = "TERM", add = complete::packages())]
    pub(super) terms: Vec<String>,

    /// The field to compare, spelled out
    #[arg(long, value_name = "FIELD", value_parser = choice::<Field>())]
    pub(super) field: Option<Field>,

    /// How to compare it [default: eq]
    #[arg(long, value_name = "OP", requires = "field", value_parser = choice::<Op>())]
    pub(super) op: Option<Op>,

    /// Another comparison, spelled out; may be given again
    #[arg(long = "match", num_args = 3, value_names = ["FIELD", "OP", "VALUE"])]
    #[arg(action = clap::ArgAction::Append, allow_hyphen_values = true)]
    pub(super) matches: Vec<String>,

    /// Names or purls, one a line, of which any may fit; `-` is standard input
    #[arg(short = 'f', long = "file", value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) file: Option<String>,

    /// What ran at this moment: 2026-03-28T12:00Z, 2026-03-28, 3d (ago), yesterday
    #[arg(long, value_name = "TIME", conflicts_with = "during")]
    pub(super) at: Option<String>,

    /// What ran at any moment of FROM..TO, FROM.. or one day
    #[arg(long, value_name = "RANGE")]
    pub(super) during: Option<String>,

    /// Count the answers by this instead of listing them; versions newest first
    #[arg(long, value_name = "WHAT", value_parser = choice::<GroupBy>())]
    pub(super) group_by: Option<GroupBy>,

    /// List the images to rebuild, those that free the most hosts first
    #[arg(long, conflicts_with = "group_by")]
    pub(super) cover: bool,

    /// Only the counts, no list
    #[arg(long, conflicts_with_all = ["group_by", "cover"])]
    pub(super) count: bool,

    /// Put the query, its time, the server and the coverage in `#` lines before the rows of
    /// `-o csv`, and all rows behind them
    #[arg(long)]
    pub(super) evidence: bool,

    /// Ask again this often, until Ctrl-C: 30s, 5m
    ///
    /// On a terminal, the answer is painted anew. Otherwise each result that comes or goes is an
    /// NDJSON line with `event` (`came` or `went`) and `at`; the first answer's all come.
    #[arg(long, value_name = "EVERY", conflicts_with_all = ["at", "during", "cursor", "evidence"])]
    pub(super) watch: Option<String>,

    /// End with status 0 once nothing is found and the coverage is complete
    ///
    /// While the coverage isn't complete, an empty answer proves nothing: the watch goes on, and
    /// says what it waits for.
    #[arg(long, requires = "watch")]
    pub(super) exit_when_empty: bool,

    #[command(flatten)]
    pub(super) page: PageArgs,
}
