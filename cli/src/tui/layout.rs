//! Which part of the terminal shows what; `update` needs it too, to know how far a page is.

use model::shown::escaped;
use ratatui::layout::Rect;

use super::{
    item::Item,
    state::{Level, Mode, Rows, State, Subject},
};
use crate::output::fit::{GAP, width};

/// Narrower or lower than this, only a word about it is shown.
pub(crate) const SMALLEST: (u16, u16) = (40, 8);
/// From this width on, details stand beside the list.
const WIDE: u16 = 120;
/// How wide they are there: so that the list keeps most of the room.
const NARROWEST_SIDE: u16 = 42;
const WIDEST_SIDE: u16 = 80;
/// The height of what stands above a list that is about one artifact.
const PICTURE: u16 = 5;
/// From this height on, there is room for it.
const HIGH: u16 = 20;
/// From this height on, there is room for more of it, up to so many lines.
const ROOMY: u16 = 30;
const MOST_MORE: u16 = 16;

/// The parts of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Server, coverage, "as of".
    pub(crate) header: Rect,
    /// Tabs and breadcrumbs.
    pub(crate) crumbs: Rect,
    /// What the whole level is about.
    pub(crate) picture: Option<Rect>,
    /// The list, with its title.
    pub(crate) list: Rect,
    /// The details beside it.
    pub(crate) details: Option<Rect>,
    /// Prompt, notice or problem.
    pub(crate) status: Rect,
    /// The keys that matter most.
    pub(crate) hints: Rect,
}

/// Whether there is room for anything at all.
pub(crate) const fn is_too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

/// Divides the screen.
pub(crate) fn parts(state: &State) -> Parts {
    let (width, height) = state.size;
    let line = |y: u16| Rect::new(0, y.min(height.saturating_sub(1)), width, 1);
    let body = Rect::new(0, 2, width, height.saturating_sub(4));
    let has_details = state.shows_details && width >= WIDE;
    let side = if has_details {
        (width / 3).clamp(NARROWEST_SIDE, WIDEST_SIDE)
    } else {
        0
    };
    let main = Rect {
        width: width - side,
        ..body
    };
    let has_news = state.shown_news().is_some();
    let is_of_one = state.level().subject.artifact_name().is_some();
    let has_picture = height >= HIGH && (has_news || is_of_one);
    let high = if has_news {
        PICTURE
    } else {
        picture_height(height)
    };
    let above = if has_picture { high } else { 0 };
    Parts {
        header: line(0),
        crumbs: line(1),
        picture: has_picture.then_some(Rect {
            height: high,
            ..main
        }),
        list: Rect {
            y: main.y + above,
            height: main.height.saturating_sub(above),
            ..main
        },
        details: has_details.then_some(Rect {
            x: main.width,
            width: side,
            ..body
        }),
        status: line(height.saturating_sub(2)),
        hints: line(height.saturating_sub(1)),
    }
}

/// How high a picture is on a screen of this height: its chart grows, so that a short list leaves no empty
/// space.
const fn picture_height(height: u16) -> u16 {
    let more = height.saturating_sub(ROOMY) / 2;
    PICTURE + if more < MOST_MORE { more } else { MOST_MORE }
}

/// How wide a cell of a map is that has a sign only.
const CELL: u16 = 2;
/// What a map leaves free beside it.
const MARGIN: u16 = 3;
/// More hosts than so many aren't looked through for names that would fit.
const MOST_NAMED: u64 = 2_000;

/// A map, where a rollout is drawn as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Map {
    /// Its cells.
    pub(crate) grid: Rect,
    /// How wide one is: wider than its sign where there is room for the hosts' names.
    pub(crate) cell: u16,
    /// How many of them a line has.
    pub(crate) columns: u64,
    /// What their signs mean.
    pub(crate) legend: Rect,
}

/// Where a map is drawn in place of the list; nowhere where there is none.
pub(crate) fn map(state: &State) -> Option<Map> {
    let level = state.level();
    let is_map = state.shows_map && matches!(level.subject, Subject::Rollout { .. });
    if !is_map || level.len() == 0 {
        return None;
    }
    let list = parts(state).list;
    // The title, and a line between the two.
    let body = list.height.saturating_sub(2);
    let legend = body / 2;
    let lines = |cell: u16| {
        let columns = u64::from(list.width.saturating_sub(MARGIN) / cell).max(1);
        (columns, level.len().div_ceil(columns))
    };
    let named = named_cell(level).filter(|cell| {
        let fits_one = *cell + MARGIN <= list.width;
        fits_one && lines(*cell).1 <= u64::from(body - legend)
    });
    let cell = named.unwrap_or(CELL);
    let (columns, lines) = lines(cell);
    let grid = u16::try_from(lines).unwrap_or(u16::MAX).min(body - legend);
    let grid = Rect {
        y: list.y + 1,
        height: grid,
        ..list
    };
    let legend = Rect {
        y: grid.y + grid.height + 1,
        height: body.saturating_sub(grid.height),
        ..list
    };
    Some(Map {
        grid,
        cell,
        columns,
        legend,
    })
}

/// How wide a cell is that has its host's name beside its sign; nothing where there are too many.
fn named_cell(level: &Level) -> Option<u16> {
    if level.len() > MOST_NAMED {
        return None;
    }
    let hosts = level.rows.iter().flat_map(Rows::shown);
    let names = hosts.filter_map(Item::host);
    let widest = names.map(|name| width(&escaped(name))).max()?;
    let gap = u16::try_from(GAP).ok()?;
    u16::try_from(widest).ok()?.checked_add(CELL + gap)
}

/// How many rows of the list fit on the screen.
pub(crate) fn rows_on_screen(state: &State) -> u64 {
    // Its title and the columns' names take a line each.
    u64::from(parts(state).list.height.saturating_sub(2)).max(1)
}

/// Whether details of the selected row are on the screen.
pub(crate) fn shows_details(state: &State) -> bool {
    parts(state).details.is_some() || matches!(state.mode, Mode::Details { .. })
}
