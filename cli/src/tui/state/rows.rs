//! The rows of a list that may be far longer than what is held of it.

use std::collections::BTreeMap;

use crate::tui::{answer::RowsAnswer, item::Item};

/// How many rows a page has.
pub(crate) const PAGE: u64 = 500;
/// A page is asked for when its first row is this near to the screen.
const AHEAD: u64 = PAGE / 2;
/// How many pages are held, around the cursor.
const PAGES_HELD: u64 = 8;
/// The way to a page far off is found in steps of so many rows, none of which are held.
const STRIDE: u64 = 100_000;

/// A window of pages on a list, and the cursors by which pages can be asked for again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paged {
    pages: BTreeMap<u64, Vec<Item>>,
    anchors: BTreeMap<u64, String>,
    total: u64,
}

/// What to ask for next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The row that the answer begins with.
    pub(crate) from: u64,
    /// How many rows.
    pub(crate) limit: u64,
    /// The cursor to ask with.
    pub(crate) cursor: Option<String>,
    /// Whether the rows themselves are wanted.
    pub(crate) keep: bool,
}

impl Paged {
    /// The rows of an answer that begins with the list itself.
    pub(crate) fn new(answer: RowsAnswer) -> Self {
        let mut paged = Self::default();
        paged.add(answer);
        paged
    }

    /// Adds the rows of an answer.
    pub(crate) fn add(&mut self, answer: RowsAnswer) {
        self.total = answer.total;
        if let Some(cursor) = answer.next_cursor {
            self.anchors.insert(answer.next, cursor);
        }
        let mut items = answer.items.into_iter().peekable();
        let mut page = answer.from / PAGE;
        while items.peek().is_some() {
            let rows = usize::try_from(PAGE).unwrap_or(usize::MAX);
            self.pages.insert(page, items.by_ref().take(rows).collect());
            page += 1;
        }
    }

    /// The row at a place, where it is held.
    pub(crate) fn get(&self, at: u64) -> Option<&Item> {
        let within = usize::try_from(at % PAGE).ok()?;
        self.pages.get(&(at / PAGE))?.get(within)
    }

    /// Where a row with this key is held.
    pub(crate) fn position(&self, key: &str) -> Option<u64> {
        self.pages.iter().find_map(|(page, rows)| {
            let within = rows.iter().position(|item| item.key() == key)?;
            Some(page * PAGE + u64::try_from(within).ok()?)
        })
    }

    /// Every row that is held.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Item> {
        self.pages.values().flatten()
    }

    /// What to ask for, so that the rows around the cursor are held.
    pub(crate) fn step(&self, top: u64, height: u64) -> Option<Step> {
        let last = self.total.checked_sub(1)? / PAGE;
        let first_wanted = top.saturating_sub(AHEAD) / PAGE;
        let last_wanted = ((top + height + AHEAD) / PAGE).min(last);
        let missing = (first_wanted..=last_wanted)
            // What is on screen comes before what may come onto it.
            .min_by_key(|page| (self.pages.contains_key(page), page.abs_diff(top / PAGE)))
            .filter(|page| !self.pages.contains_key(page))?;
        let row = missing * PAGE;
        let (from, cursor) = self
            .anchors
            .range(..=row)
            .next_back()
            .map_or((0, None), |(from, cursor)| (*from, Some(cursor.clone())));
        let keep = from == row;
        let limit = if keep { PAGE } else { (row - from).min(STRIDE) };
        Some(Step {
            from,
            limit,
            cursor,
            keep,
        })
    }

    /// Lets go of pages that are far from the cursor.
    pub(crate) fn trim(&mut self, cursor: u64) {
        let page = cursor / PAGE;
        self.pages
            .retain(|one, _| one.abs_diff(page) <= PAGES_HELD / 2);
    }
}

/// A list that is held as a whole, with what a filter and an order leave of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Whole {
    all: Vec<Item>,
    shown: Vec<u32>,
    total: u64,
}

/// Puts places in a list into an order.
type Arranging<'a> = dyn Fn(&mut Vec<u32>, &[Item]) + 'a;

impl Whole {
    /// A whole list; `total` says how long it is at the server.
    pub(crate) fn new(all: Vec<Item>, total: u64) -> Self {
        let shown = (0..u32::try_from(all.len()).unwrap_or(u32::MAX)).collect();
        Self { all, shown, total }
    }

    /// Shows what fits, in the order that `compare` gives, or as it came.
    pub(crate) fn arrange(&mut self, fits: impl Fn(&Item) -> bool, order: Option<&Arranging<'_>>) {
        let all = &self.all;
        let places = (0u32..).zip(all);
        self.shown = places
            .filter_map(|(at, item)| fits(item).then_some(at))
            .collect();
        if let Some(order) = order {
            order(&mut self.shown, all);
        }
    }
}

/// The rows of a level.
#[derive(Debug, Clone)]
pub(crate) enum Rows {
    /// A window on a list of the server's.
    Paged(Paged),
    /// Everything.
    Whole(Whole),
}

impl Rows {
    /// How many rows the filter leaves.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Paged(paged) => paged.total,
            Self::Whole(whole) => u64::try_from(whole.shown.len()).unwrap_or(u64::MAX),
        }
    }

    /// How many there are without a filter of ours, and how many of them could not be held.
    pub(crate) fn unfiltered(&self) -> (u64, u64) {
        match self {
            Self::Paged(paged) => (paged.total, 0),
            Self::Whole(whole) => {
                let held = u64::try_from(whole.all.len()).unwrap_or(u64::MAX);
                (held, whole.total.saturating_sub(held))
            }
        }
    }

    /// The row at a place, where it is held.
    pub(crate) fn get(&self, at: u64) -> Option<&Item> {
        match self {
            Self::Paged(paged) => paged.get(at),
            Self::Whole(whole) => {
                let place = *whole.shown.get(usize::try_from(at).ok()?)?;
                whole.all.get(usize::try_from(place).ok()?)
            }
        }
    }

    /// Where the row with this key is held.
    pub(crate) fn position(&self, key: &str) -> Option<u64> {
        match self {
            Self::Paged(paged) => paged.position(key),
            Self::Whole(_) => {
                (0..self.len()).find(|at| self.get(*at).is_some_and(|item| item.key() == key))
            }
        }
    }

    /// Every row that is held, shown or not.
    pub(crate) fn held(&self) -> Box<dyn Iterator<Item = &Item> + '_> {
        match self {
            Self::Paged(paged) => Box::new(paged.held()),
            Self::Whole(whole) => Box::new(whole.all.iter()),
        }
    }

    /// The most containers that a row stands for, among those that are held; and how many all rows stand
    /// for, where all are.
    pub(crate) fn containers(&self) -> (u64, Option<u64>) {
        let (mut most, mut all) = (0, 0u64);
        for containers in self.held().map(Item::containers) {
            most = most.max(containers);
            all = all.saturating_add(containers);
        }
        let is_whole = matches!(self, Self::Whole(_));
        (most, is_whole.then_some(all))
    }

    /// Every row that is shown, as far as they are held.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Item> {
        let whole = match self {
            Self::Paged(_) => 0,
            Self::Whole(_) => self.len(),
        };
        (0..whole).filter_map(|at| self.get(at))
    }

    /// The rows that are shown, where all of them are here.
    pub(crate) fn all_shown(&self) -> Option<Vec<Item>> {
        match self {
            Self::Paged(_) => None,
            Self::Whole(_) => Some(
                (0..self.len())
                    .filter_map(|at| self.get(at))
                    .cloned()
                    .collect(),
            ),
        }
    }
}
