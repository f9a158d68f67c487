//! The options that say how an answer is written.

use clap::{Args, ValueEnum};

use super::format::Format;

/// How an answer is written.
#[derive(Args)]
pub(crate) struct OutputArgs {
    /// How to write the answer
    ///
    /// `name` prints each name once, sorted, one a line, for `| xargs`: of `find` the hosts, of
    /// `containers` HOST/NAME, of `images` the digests, of `diff` the artifacts that differ.
    #[arg(
        short,
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "table"
    )]
    pub(crate) output: Format,

    /// Only these columns of a table or csv, in this order: `--columns host,version`
    #[arg(long, global = true, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) columns: Option<Vec<String>>,

    /// Leave the columns' names out
    #[arg(long, global = true)]
    pub(crate) no_headers: bool,

    /// Cut nothing, however narrow the terminal is
    #[arg(long, global = true)]
    pub(crate) no_trunc: bool,

    /// How to write times; `relative` on a terminal, `absolute` otherwise
    #[arg(long, global = true, value_name = "STYLE")]
    pub(crate) time: Option<TimeStyle>,

    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorWhen,

    /// Say nothing but errors: only the exit status counts
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

/// How to write times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimeStyle {
    /// 3d ago
    Relative,
    /// RFC 3339
    Absolute,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
