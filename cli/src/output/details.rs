//! One thing, a line for each of its properties.

use std::io::{self, Write};

use anstyle::Style;

use super::{fit::width, row::Cell, view::View};

/// Writes the properties that there are, their values aligned.
pub(crate) fn write(
    properties: &[(&str, Cell)],
    view: &View,
    writer: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    let there = || properties.iter().filter(|(_, cell)| *cell != Cell::Empty);
    let widest = there().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, cell) in there() {
        let gap = " ".repeat(widest - width(name) + 2);
        let style = if view.color {
            cell.tone().style()
        } else {
            Style::new()
        };
        let text = cell.render(view);
        writeln!(writer, "{name}{gap}{style}{text}{style:#}")?;
    }
    Ok(())
}
