//! Everything that the TUI knows: what `update` changes and `view` shows.

mod column;
mod columns;
mod filter;
mod item;
mod level;
mod line;
mod order;
mod rows;
mod subject;

use std::collections::HashMap;

use jiff::{Timestamp, tz::TimeZone};

pub(crate) use column::{Column, Look};
pub(crate) use filter::{Filter, parse as parse_filter};
pub(crate) use item::{Item, image_label};
pub(crate) use level::{Level, Pending};
pub(crate) use line::Line;
pub(crate) use order::Order;
pub(crate) use rows::{PAGE, Paged, Rows, Whole};
pub(crate) use subject::{Kind, Subject, is};

use super::{keymap::Keymap, options::Options};
use crate::output::Format;

/// Behind so many rows a list isn't refreshed by itself.
pub(crate) const DEEP: u64 = 5_000;
/// A list at the server of so many rows may be fetched whole to be ordered here.
pub(crate) const MOST_SORTED: u64 = 20_000;

/// Whom it talks to, and how it looks: what stays the same all the time.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The server.
    pub(crate) server: String,
    /// The context in use, where one is.
    pub(crate) context: Option<String>,
    /// The words that make `assetctl` ask the same server.
    pub(crate) connection: Vec<String>,
    /// The zone that times are shown in.
    pub(crate) zone: TimeZone,
    /// Whether colours are wanted.
    pub(crate) colour: bool,
}

/// The ways in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Artifacts by name.
    Artifacts,
    /// Images.
    Images,
    /// Hosts.
    Hosts,
}

impl Tab {
    /// Every one, in the order in which they stand.
    pub(crate) const ALL: [Self; 3] = [Self::Artifacts, Self::Images, Self::Hosts];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Artifacts => "artifacts",
            Self::Images => "images",
            Self::Hosts => "hosts",
        }
    }

    /// What its first level lists.
    pub(crate) fn subject(self) -> Subject {
        match self {
            Self::Artifacts => Subject::grouped(proto_types::GroupBy::Name, Vec::new()),
            Self::Images => Subject::Images,
            Self::Hosts => Subject::Hosts,
        }
    }
}

/// Where keys go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To the list.
    List,
    /// To the filter; the text is what it was before.
    Filter { line: Line, before: String },
    /// To the moment that is looked at.
    At(Line),
    /// To the palette, with the chosen line of it.
    Palette { line: Line, chosen: usize },
    /// To the help, scrolled by so many lines.
    Help { top: usize },
    /// To the details that lie over the list, scrolled by so many lines.
    Details { top: usize },
    /// To the choice of a file's format.
    Export { chosen: usize },
}

/// The formats that a view may be written in.
pub(crate) const FORMATS: [(Format, &str, &str); 6] = [
    (
        Format::Csv,
        "csv",
        "comma-separated values, for a spreadsheet",
    ),
    (
        Format::Json,
        "json",
        "one JSON document: a list of the rows",
    ),
    (Format::Ndjson, "ndjson", "a JSON object a line"),
    (Format::Table, "txt", "aligned columns"),
    (Format::Wide, "wide.txt", "aligned columns, all of them"),
    (Format::Name, "names", "only the names, one a line"),
];

/// A line for the user, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Something was done.
    Done(String),
    /// Something can't be done.
    Refused(String),
    /// One more Ctrl-C leaves.
    LeaveNext,
}

/// Everything that the TUI knows.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Whom it talks to.
    pub(crate) session: Session,
    /// What the settings file says of the TUI.
    pub(crate) options: Options,
    /// Which key does what.
    pub(crate) keymap: Keymap,
    /// The terminal's size.
    pub(crate) size: (u16, u16),
    /// How late it is.
    pub(crate) now: Timestamp,
    /// The moment that is looked at, instead of now.
    pub(crate) at: Option<Timestamp>,
    /// The levels of each tab, the first of which is always there.
    pub(crate) tabs: [Vec<Level>; 3],
    /// The tab that is shown.
    pub(crate) tab: Tab,
    /// Where keys go.
    pub(crate) mode: Mode,
    /// Whether the details stand beside the list where there is room.
    pub(crate) shows_details: bool,
    /// A line for the user.
    pub(crate) notice: Option<Notice>,
    /// The order that lists of a kind had last.
    pub(crate) orders: HashMap<Kind, Order>,
    /// The number of the last request and of the last level.
    pub(crate) counter: u64,
}

impl State {
    /// A state in which nothing was asked yet.
    pub(crate) fn new(
        session: Session,
        options: Options,
        keymap: Keymap,
        size: (u16, u16),
        now: Timestamp,
        at: Option<Timestamp>,
    ) -> Self {
        let mut id = 0;
        let tabs = Tab::ALL.map(|tab| {
            id += 1;
            vec![Level::new(id, tab.name(), tab.subject().in_time(at))]
        });
        Self {
            session,
            options,
            keymap,
            size,
            now,
            at,
            tabs,
            tab: Tab::Artifacts,
            mode: Mode::List,
            shows_details: true,
            notice: None,
            orders: HashMap::new(),
            counter: id,
        }
    }

    /// The levels of the tab that is shown.
    pub(crate) fn levels(&self) -> &[Level] {
        &self.tabs[self.tab as usize]
    }

    /// The level that is shown.
    pub(crate) fn level(&self) -> &Level {
        // The first level of a tab is never taken away.
        let levels = self.levels();
        &levels[levels.len() - 1]
    }

    /// The level that is shown, to be changed.
    pub(crate) fn level_mut(&mut self) -> &mut Level {
        let levels = &mut self.tabs[self.tab as usize];
        let last = levels.len() - 1;
        &mut levels[last]
    }

    /// The level with this number, where it is still there.
    pub(crate) fn find_level(&mut self, id: u64) -> Option<&mut Level> {
        self.tabs.iter_mut().flatten().find(|level| level.id == id)
    }

    /// A number that no request and no level had before.
    pub(crate) const fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Since when the longest request of the level that is shown is under way.
    pub(crate) fn waiting_since(&self) -> Option<Timestamp> {
        let pending = self.level().pending.values();
        pending.map(|pending| pending.since).min()
    }
}
