//! Rows as aligned columns.

use std::io::{self, Write};

use anstyle::Style;
use tabled::{
    builder::Builder,
    settings::{
        Alignment, Padding, Style as Lines,
        object::{Columns, Object, Rows},
    },
};

use super::{
    fit::{GAP, cut_cell, fit, width},
    row::{self, Cell, Column, Row, Tone},
    view::View,
};

/// What a table shows where nothing is.
const NOTHING: &str = "-";

/// A cell as text, and how good it is.
struct Shown {
    text: String,
    tone: Tone,
}

/// Writes the rows as a table; answers the columns that there was no room for.
pub(crate) fn write<R: Row>(
    rows: &[R],
    columns: &[&'static Column],
    view: &View,
    writer: &mut (impl Write + ?Sized),
) -> io::Result<Vec<&'static str>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let columns = &worth_showing(rows, columns, view)[..];
    let cells: Vec<Vec<Shown>> = rows.iter().map(|row| shown(row, columns, view)).collect();
    let widths = widths(&cells, columns, view);
    let mut builder = Builder::with_capacity(rows.len() + 1, columns.len());
    if view.headers {
        builder.push_record(kept(&widths, columns.iter()).map(|(column, _)| head(column, view)));
    }
    for row in &cells {
        builder.push_record(
            kept(&widths, row.iter().zip(columns))
                .map(|((cell, column), room)| body(cell, column, room, view)),
        );
    }
    let mut table = builder.build();
    table.with(Lines::empty()).with(Padding::zero());
    table.modify(Columns::new(1..), Padding::new(GAP, 0, 0, 0));
    let counts = columns
        .iter()
        .map(|column| rows[0].cell(column.heading).is_count());
    for (at, (is_count, _)) in kept(&widths, counts).enumerate() {
        if is_count {
            let numbers = Columns::one(at).intersect(Rows::new(..));
            table.modify(numbers, Alignment::right());
        }
    }
    for line in table.to_string().lines() {
        writeln!(writer, "{}", line.trim_end())?;
    }
    let left_out = columns
        .iter()
        .zip(&widths)
        .filter(|(_, width)| width.is_none());
    Ok(left_out
        .map(|(column, _)| column.heading.as_str())
        .collect())
}

/// Without the columns that are only there for what no row has.
fn worth_showing<R: Row>(
    rows: &[R],
    columns: &[&'static Column],
    view: &View,
) -> Vec<&'static Column> {
    let has_any = |column: &Column| {
        rows.iter()
            .any(|row| row.cell(column.heading) != Cell::Empty)
    };
    columns
        .iter()
        .copied()
        .filter(|column| {
            view.columns.is_some() || column.shown != row::Shown::WhereAny || has_any(column)
        })
        .collect()
}

fn shown<R: Row>(row: &R, columns: &[&'static Column], view: &View) -> Vec<Shown> {
    let cells = columns.iter().map(|column| row.cell(column.heading));
    cells
        .map(|cell: Cell| {
            let text = cell.render(view);
            Shown {
                text: if text.is_empty() {
                    NOTHING.to_owned()
                } else {
                    text
                },
                tone: cell.tone(),
            }
        })
        .collect()
}

fn widths(cells: &[Vec<Shown>], columns: &[&Column], view: &View) -> Vec<Option<usize>> {
    let natural: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let heading = if view.headers {
                column.heading.as_str().len()
            } else {
                0
            };
            let widest = cells.iter().map(|row| width(&row[at].text)).max();
            widest.unwrap_or(0).max(heading)
        })
        .collect();
    let fits: Vec<_> = columns.iter().map(|column| column.fit).collect();
    fit(&natural, &fits, view.width.unwrap_or(usize::MAX))
}

/// The items whose columns have room, with that room.
fn kept<T>(
    widths: &[Option<usize>],
    items: impl Iterator<Item = T>,
) -> impl Iterator<Item = (T, usize)> {
    items
        .zip(widths)
        .filter_map(|(item, width)| width.map(|width| (item, width)))
}

fn head(column: &Column, view: &View) -> String {
    painted(
        &column.heading.as_str().to_uppercase(),
        Style::new().bold(),
        view,
    )
}

fn body(cell: &Shown, column: &Column, room: usize, view: &View) -> String {
    let text = cut_cell(&cell.text, column.heading, room);
    painted(&text, cell.tone.style(), view)
}

fn painted(text: &str, style: Style, view: &View) -> String {
    if view.color && style != Style::new() {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::Timestamp;
    use serde::Serialize;

    use super::{Cell, Column, Row, Tone, View, write};
    use crate::output::{heading::Heading, row::select};

    #[derive(Serialize)]
    struct Thing {
        name: &'static str,
        note: &'static str,
        count: u64,
    }

    impl Row for Thing {
        fn cell(&self, heading: Heading) -> Cell {
            match heading {
                Heading::Name => Cell::text(self.name),
                Heading::Message => Cell::some_text(Some(self.note)),
                Heading::Containers => Cell::Count(self.count),
                _ => Cell::Word("fine", Tone::Good),
            }
        }

        fn name(&self) -> String {
            self.name.to_owned()
        }
    }

    const COLUMNS: &[Column] = &[
        Column::new(Heading::Name),
        Column::new(Heading::Message).cut(),
        Column::new(Heading::Containers),
        Column::new(Heading::State).leaves(),
    ];

    const THINGS: [Thing; 3] = [
        Thing {
            name: "web-1",
            note: "docker.io/library/nginx:1.27",
            count: 7,
        },
        Thing {
            name: "日本",
            note: "e\u{301}\x1b[2J",
            count: 1204,
        },
        Thing {
            name: "x",
            note: "",
            count: 0,
        },
    ];

    fn table(width: Option<usize>, color: bool) -> String {
        let view = View {
            width,
            color,
            ..View::plain(Timestamp::UNIX_EPOCH)
        };
        let mut text = Vec::new();
        let left_out = write(
            &THINGS,
            &select(COLUMNS, None, false).unwrap(),
            &view,
            &mut text,
        )
        .unwrap();
        format!("{}left out: {left_out:?}", String::from_utf8(text).unwrap())
    }

    #[test]
    fn columns_are_aligned_whatever_their_characters_are() {
        insta::assert_snapshot!(table(None, false));
    }

    #[test]
    fn a_narrow_terminal_cuts_middles() {
        insta::assert_snapshot!(table(Some(41), false));
    }

    #[test]
    fn a_narrower_one_leaves_columns_out_and_says_which() {
        insta::assert_snapshot!(table(Some(20), false));
    }

    #[test]
    fn color_changes_no_alignment() {
        let plain = table(None, false);
        let colored = table(None, true);
        assert!(colored.contains("\u{1b}[32mfine\u{1b}[0m"), "{colored}");
        let stripped = colored
            .replace("\u{1b}[32m", "")
            .replace("\u{1b}[1m", "")
            .replace("\u{1b}[0m", "");
        assert_eq!(stripped, plain);
    }
}
