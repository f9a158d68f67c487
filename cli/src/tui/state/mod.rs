//! Everything that the TUI knows: what `update` changes and `view` shows.

mod column;
mod columns;
mod filter;
mod leads;
mod level;
mod line;
mod mode;
mod order;
mod rows;
mod session;
mod subject;
mod tab;

use std::collections::HashMap;

use jiff::Timestamp;

pub(crate) use column::Column;
pub(crate) use filter::parse as parse_filter;
pub(crate) use level::{DEEP, Level, Pending};
pub(crate) use line::Line;
pub(crate) use mode::{FORMATS, Mode, Notice};
pub(crate) use order::{MOST_SORTED, Order};
pub(crate) use rows::{PAGE, Paged, Rows, Whole};
pub(crate) use session::Session;
pub(crate) use subject::{Kind, Subject, is};
pub(crate) use tab::Tab;

use super::{answer::News, keymap::Keymap, options::Options};

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
    pub(crate) tabs: [Vec<Level>; Tab::ALL.len()],
    /// The tab that is shown.
    pub(crate) tab: Tab,
    /// Where keys go.
    pub(crate) mode: Mode,
    /// Whether the details stand beside the list where there is room.
    pub(crate) shows_details: bool,
    /// How many lines of the details beside the list are scrolled away.
    pub(crate) details_top: usize,
    /// Whether a rollout is drawn as a map, and not as a list.
    pub(crate) shows_map: bool,
    /// Whether a map says who is affected where its versions say that, and not who runs which version.
    pub(crate) map_shows_affected: bool,
    /// What is new, and when that was asked for.
    pub(crate) news: Option<(Timestamp, News)>,
    /// What was marked, to be compared with another: how it is asked for, and what it is called.
    pub(crate) marked: Option<(String, String)>,
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
            details_top: 0,
            shows_map: true,
            map_shows_affected: true,
            news: None,
            marked: None,
            notice: None,
            orders: HashMap::new(),
            counter: id,
        }
    }

    /// Everything anew, of another server. No answer of the one before is taken for one of it.
    pub(crate) fn turn_to(&mut self, session: Session) {
        self.session = session;
        self.at = None;
        self.marked = None;
        self.news = None;
        for tab in Tab::ALL {
            let id = self.next_number();
            self.tabs[tab as usize] = vec![Level::new(id, tab.name(), tab.subject())];
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

    /// Whether the map says who is affected.
    pub(crate) fn maps_affected(&self) -> bool {
        let subject = &self.level().subject;
        let is_asked = matches!(subject, Subject::Rollout { affected, .. } if !affected.is_empty());
        is_asked && self.map_shows_affected
    }

    /// The news, where the list is shown that they stand over: all that runs, now and unfiltered.
    pub(crate) fn shown_news(&self) -> Option<&News> {
        let (_, news) = self.news.as_ref()?;
        (self.wants_news() && !news.is_empty()).then_some(news)
    }

    /// Whether the list is shown that the news stand over.
    pub(crate) fn wants_news(&self) -> bool {
        let is_first = self.tab == Tab::Artifacts && self.levels().len() == 1;
        is_first && self.at.is_none() && !self.level().is_filtered()
    }

    /// Since when the longest request of the level that is shown is under way.
    pub(crate) fn waiting_since(&self) -> Option<Timestamp> {
        let pending = self.level().pending.values();
        pending.map(|pending| pending.since).min()
    }
}
