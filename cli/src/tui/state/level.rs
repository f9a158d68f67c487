//! One level of a drill-down: a list with its own filter, order and cursor.

use std::collections::HashMap;

use jiff::Timestamp;
use proto_types::{Coverage, Match, Summary};

use super::{
    filter::{Filter, has_words},
    order::{self, Order},
    rows::Rows,
    subject::Subject,
};
use crate::tui::{
    answer::{About, Problem},
    ask::Slot,
    item::Item,
};

/// Behind so many rows a list isn't refreshed by itself.
pub(crate) const DEEP: u64 = 5_000;

/// A request that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pending {
    /// Which request it is.
    pub(crate) generation: u64,
    /// Since when.
    pub(crate) since: Timestamp,
}

/// One level of a drill-down.
#[derive(Debug, Clone)]
pub(crate) struct Level {
    /// What tells it from every other level that there ever was.
    pub(crate) id: u64,
    /// What the breadcrumbs call it.
    pub(crate) crumb: String,
    /// What it lists.
    pub(crate) subject: Subject,
    /// The filter as it was typed.
    pub(crate) filter: String,
    /// The filter as it was understood last.
    pub(crate) matches: Vec<Match>,
    /// The bare words of it that are looked for in the rows' names and states.
    pub(crate) words: Vec<String>,
    /// What of the filter can't be understood.
    pub(crate) filter_error: Option<String>,
    /// The order.
    pub(crate) order: Order,
    /// The selected row.
    pub(crate) cursor: u64,
    /// What identifies the selected row.
    pub(crate) key: Option<String>,
    /// The selected column, among all of the subject's.
    pub(crate) column: usize,
    /// The first row on screen.
    pub(crate) top: u64,
    /// The rows, once there were any.
    pub(crate) rows: Option<Rows>,
    /// How long the list is that nothing filters, once that is known.
    pub(crate) unfiltered: Option<u64>,
    /// The counts over everything that the list holds.
    pub(crate) summary: Option<Summary>,
    /// What the whole list says, in sentences: the first heads it, the others are doubts.
    pub(crate) headline: Vec<String>,
    /// The moment that the rows stand for.
    pub(crate) as_of: Option<Timestamp>,
    /// How much they can know.
    pub(crate) coverage: Option<Coverage>,
    /// When rows were asked for last.
    pub(crate) asked_at: Option<Timestamp>,
    /// Whether what is here answers something that isn't asked any more.
    pub(crate) outdated: bool,
    /// Why the last request has no answer.
    pub(crate) problem: Option<Problem>,
    /// The requests that are under way.
    pub(crate) pending: HashMap<Slot, Pending>,
    /// More about what the whole level is about.
    pub(crate) picture: Option<About>,
    /// More about the row with this key.
    pub(crate) detail: Option<(String, About)>,
    /// The row that more was asked about last.
    pub(crate) detail_key: Option<String>,
}

impl Level {
    /// A level that has asked for nothing yet.
    pub(crate) fn new(id: u64, crumb: impl Into<String>, subject: Subject) -> Self {
        Self {
            id,
            crumb: crumb.into(),
            order: Order::usual(&subject),
            subject,
            filter: String::new(),
            matches: Vec::new(),
            words: Vec::new(),
            filter_error: None,
            cursor: 0,
            key: None,
            column: 0,
            top: 0,
            rows: None,
            unfiltered: None,
            summary: None,
            headline: Vec::new(),
            as_of: None,
            coverage: None,
            asked_at: None,
            outdated: false,
            problem: None,
            pending: HashMap::new(),
            picture: None,
            detail: None,
            detail_key: None,
        }
    }

    /// Whether a filter may hide rows.
    pub(crate) const fn is_filtered(&self) -> bool {
        !self.matches.is_empty() || !self.words.is_empty()
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> u64 {
        self.rows.as_ref().map_or(0, Rows::len)
    }

    /// The selected row, where it is held.
    pub(crate) fn selected(&self) -> Option<&Item> {
        self.rows.as_ref()?.get(self.cursor)
    }

    /// The row that is shown at a place, where it is held.
    pub(crate) fn row(&self, at: u64) -> Option<&Item> {
        self.rows.as_ref()?.get(at)
    }

    /// How long the list is that nothing filters.
    pub(crate) fn unfiltered(&self) -> Option<u64> {
        match (&self.rows, self.subject.is_found()) {
            (Some(rows), false) => Some(rows.unfiltered().0),
            (Some(rows), true) if !self.is_filtered() => Some(rows.unfiltered().0),
            _ => self.unfiltered,
        }
    }

    /// How many rows could not be held, and therefore aren't filtered either.
    pub(crate) fn left_out(&self) -> u64 {
        self.rows.as_ref().map_or(0, |rows| rows.unfiltered().1)
    }

    /// Whether its rows are far from the list's beginning, so that they aren't asked for anew
    /// by themselves: the way to them would have to be walked again.
    pub(crate) fn is_deep(&self) -> bool {
        matches!(self.rows, Some(Rows::Paged(_))) && self.cursor >= DEEP
    }

    /// Selects a row, as near as there is one.
    pub(crate) fn select(&mut self, at: u64) {
        self.cursor = at.min(self.len().saturating_sub(1));
        self.key = self.selected().map(Item::key);
    }

    /// Finds the selected thing again among new rows; without it, the cursor keeps its place.
    pub(crate) fn reselect(&mut self) {
        let found = self
            .key
            .as_deref()
            .and_then(|key| self.rows.as_ref()?.position(key));
        let before = self.cursor;
        self.cursor = found.unwrap_or(before);
        // The thing moves on screen as little as possible.
        self.top = (self.top + self.cursor).saturating_sub(before);
        self.select(self.cursor);
    }

    /// Keeps the cursor on a screen of `height` rows.
    pub(crate) fn scroll(&mut self, height: u64) {
        let height = height.max(1);
        let most = self.len().saturating_sub(height);
        let lowest = self.cursor.saturating_sub(height - 1);
        self.top = self
            .top
            .clamp(lowest.min(self.cursor), self.cursor)
            .min(most);
    }

    /// Filters and orders what is held as a whole.
    pub(crate) fn arrange(&mut self) {
        let at_server = self.subject.is_found();
        let matches = if at_server {
            &[]
        } else {
            self.matches.as_slice()
        };
        // Patterns were tried when they were typed.
        let Ok(filter) = Filter::new(matches) else {
            return;
        };
        let columns = self.subject.columns();
        let column = self.order.column.and_then(|at| columns.get(at));
        let falling = self.order.falling;
        let words = &self.words;
        let Some(Rows::Whole(whole)) = &mut self.rows else {
            return;
        };
        let order = column.map(|column| {
            move |places: &mut Vec<u32>, all: &[Item]| order::sort(places, all, column, falling)
        });
        whole.arrange(
            |item| filter.fits(item) && has_words(item, words),
            order.as_ref().map(|order| order as _),
        );
    }

    /// What more is known about the selected row.
    pub(crate) fn about_selected(&self) -> Option<&About> {
        let (key, about) = self.detail.as_ref()?;
        (Some(key) == self.key.as_ref()).then_some(about)
    }
}
