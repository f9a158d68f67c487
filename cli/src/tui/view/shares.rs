//! A row's share of the containers: a bar beside those of the other rows, and a number.

use proto_types::GroupBy;
use ratatui::text::Span;

use super::{text::fitted, theme::Theme};
use crate::{
    output::bar::{bar, share},
    tui::{
        item::Item,
        rollout::Age,
        stack::{block, of_version},
        state::{Column, Level},
    },
};

/// How wide the number is.
const PERCENT: usize = " 100%".len();

/// What bars and their numbers are parts of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shares {
    /// The most containers of a row: its bar is the longest.
    most: u64,
    /// The containers of all rows together, each counted once where the server did.
    all: Option<u64>,
}

impl Shares {
    /// Of the rows of a level.
    pub(super) fn of(level: &Level) -> Self {
        // Where no bar is drawn, nothing is added up over thousands of rows for each frame.
        if !level.subject.columns().iter().any(Column::is_bar) {
            return Self { most: 0, all: None };
        }
        let (most, held) = level
            .rows
            .as_ref()
            .map_or((0, None), |rows| rows.containers());
        let counted = level.summary.map(|one| one.containers);
        let all = if level.subject.is_found() {
            counted
        } else {
            held
        };
        Self { most, all }
    }

    /// A bar and its number; of a version that the chart above shows, as it is drawn there.
    pub(super) fn drawn(
        self,
        level: &Level,
        item: &Item,
        room: usize,
        theme: Theme,
    ) -> [Span<'static>; 2] {
        let (containers, age) = (item.containers(), age(level, item));
        let number = match self.all {
            Some(all @ 1..) if containers > 0 && containers.saturating_mul(100) < all => {
                "<1%".to_owned()
            }
            Some(all @ 1..) => format!("{}%", containers.saturating_mul(100) / all),
            _ => String::new(),
        };
        let long = room.saturating_sub(PERCENT);
        let drawn = bar(share(containers, self.most), long);
        let drawn = match age.map(block) {
            Some(block @ ('▓' | '▒' | '░')) => {
                block.to_string().repeat(drawn.chars().count())
            }
            _ => drawn,
        };
        let style = age.map_or(theme.picture(), |age| theme.age(age));
        [
            Span::styled(fitted(&drawn, long), style),
            Span::raw(format!("{number:>PERCENT$}")),
        ]
    }
}

/// How old a row's version is among those of the chart above.
fn age(level: &Level, item: &Item) -> Option<Age> {
    let layers = &level.picture.as_ref()?.stack;
    match item {
        Item::Group(GroupBy::Version, group) => {
            let release = of_version(layers, &group.key, group.label.as_deref())?;
            Some(release.age)
        }
        _ => None,
    }
}
