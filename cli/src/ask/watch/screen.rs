//! `--watch` on a terminal: the whole answer, painted anew.

use proto_types::Timestamp;

use crate::{error::Result, output::console::Out};

/// Goes to the upper left corner and clears what is below.
const CLEAR: &str = "\x1b[H\x1b[2J";
/// So many lines are left to the summary, the headings and the footer.
const LINES_AROUND: u64 = 9;
/// So many rows are asked for however low the terminal is.
const FEWEST_ROWS: u64 = 5;

/// Makes room for an answer that came.
pub(crate) fn clear(out: &Out) -> Result<()> {
    out.view.times.turn_to(Timestamp::now());
    out.write(|writer| Ok(writer.write_all(CLEAR.as_bytes())?))
}

/// As many rows as there is room for.
pub(crate) fn rows() -> Option<u64> {
    let (_, height) = terminal_size::terminal_size()?;
    let height = u64::from(height.0);
    Some(height.saturating_sub(LINES_AROUND).max(FEWEST_ROWS))
}
