//! The options that say how an answer is written.

use clap::{Args, ValueEnum};

use super::format::Format;

/// How an answer is written.
#[derive(Args)]
pub(crate) struct OutputArgs {
    /// Output format
    ///
    /// `name` prints names only, sorted, one per line, for `| xargs`: hosts for `find`, HOST/NAME
    /// for `containers`, digests for `images`, the artifacts that differ for `diff`.
    #[arg(
        short,
        long,
        global = true,
        hide = true,
        value_name = "FORMAT",
        default_value = "table"
    )]
    pub(crate) output: Format,

    /// Show only these columns, in this order (table, wide, csv): `--columns host,version`
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "NAMES",
        value_delimiter = ','
    )]
    pub(crate) columns: Option<Vec<String>>,

    /// Omit the header row
    #[arg(long, global = true, hide = true)]
    pub(crate) no_headers: bool,

    /// Don't truncate columns
    #[arg(long, global = true, hide = true)]
    pub(crate) no_trunc: bool,

    /// How to print times [default: relative on a terminal, absolute otherwise]
    #[arg(long, global = true, hide = true, value_name = "STYLE")]
    pub(crate) time: Option<TimeStyle>,

    /// When to use color
    #[arg(
        long,
        global = true,
        hide = true,
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub(crate) color: ColorWhen,

    /// Print errors only; check the exit status
    #[arg(short, long, global = true, hide = true)]
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

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless the environment turns it off
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
