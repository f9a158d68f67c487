//! What may be typed behind `affected` for exposures, and for an answer that says what it stands for.

use clap::Args;

/// Since when and until when hosts were exposed.
#[derive(Args)]
pub(in crate::commands::affected) struct ExposureArgs {
    /// List hosts with when and for how many days they were exposed
    #[arg(long, conflicts_with_all = ["verdicts", "group_by", "cover", "explain", "watch"])]
    pub(in crate::commands::affected) exposure: bool,

    /// Count the hosts that were clean this long after publication [default: 7d,14d,30d]
    #[arg(
        long,
        value_name = "DAYS",
        value_delimiter = ',',
        requires = "exposure"
    )]
    #[arg(value_parser = days)]
    pub(in crate::commands::affected) within: Vec<u32>,

    /// With -o csv: start with `#` lines with the question, time, feeds, and coverage
    #[arg(long, conflicts_with_all = ["cursor", "group_by", "cover", "explain", "watch"])]
    pub(in crate::commands::affected) evidence: bool,
}

/// Reads `7d` or `7`.
fn days(text: &str) -> Result<u32, String> {
    let number = text.strip_suffix('d').unwrap_or(text);
    number
        .parse()
        .map_err(|_| "not a number of days: give 7d, or 7d,14d,30d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_are_read_with_their_letter_or_without() {
        assert_eq!(days("7d"), Ok(7));
        assert_eq!(days("14"), Ok(14));
        for wrong in ["", "d", "1w", "-1d", "7dd", "1.5d"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
