//! The list: its title with the counts, its columns as far as there is room, its rows.

use proto_types::Field;
use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    cells::cells_view,
    empty, map,
    shares::Shares,
    text::{cut_line, fitted_cell, fitted_right, span},
    theme::Theme,
};
use crate::{
    output::{
        Cell, View,
        fit::{GAP, fit, width},
        number::grouped,
    },
    tui::{
        item::Item,
        layout,
        state::{Column, Level, State, Subject},
    },
};

/// A bar is at least this wide, its number included, and as wide as there is room up to the other.
const BAR: usize = 12;
const WIDEST_BAR: usize = 32;
/// No column takes more than this part of the room, so that a long name leaves some to the others.
const WIDEST_PART: (usize, usize) = (2, 5);
/// But every column may take this much.
const ALWAYS: usize = 24;

/// Draws the list.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let level = state.level();
    let title = Rect { height: 1, ..area };
    frame.render_widget(Paragraph::new(title_line(state, theme, area.width)), title);
    if let Some(map) = layout::map(state) {
        return map::draw(state, &map, theme, frame);
    }
    let body = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    if level.len() == 0 {
        return empty::draw(state, theme, frame, body);
    }
    let view = cells_view(state);
    let rows: Vec<Option<&Item>> = (level.top..)
        .take(usize::from(body.height.saturating_sub(1)))
        .take_while(|at| *at < level.len())
        .map(|at| level.row(at))
        .collect();
    let widths = widths(level, &rows, &view, usize::from(area.width));
    let shares = Shares::of(level);
    let mut lines = vec![headings(level, &widths, theme)];
    for (at, item) in (level.top..).zip(rows) {
        lines.push(match item {
            Some(item) => {
                let is_selected = at == level.cursor;
                let mut line = row(level, item, is_selected, &widths, &view, shares, theme);
                if is_marked(state, item)
                    && let Some(sign) = line.spans.first_mut()
                {
                    sign.content = if is_selected { "▸•" } else { "• " }.into();
                }
                if item.is_exploited()
                    && let Some(sign) = line.spans.first_mut()
                {
                    sign.content = if is_selected { "▸!" } else { "! " }.into();
                    sign.style = theme.bad().patch(sign.style);
                }
                line
            }
            None => Line::styled("  …", theme.faint()),
        });
    }
    frame.render_widget(Paragraph::new(lines), body);
}

/// Whether a row is marked to be compared with another.
fn is_marked(state: &State, item: &Item) -> bool {
    let marked = state.marked.as_ref();
    marked.is_some_and(|(side, _)| item.side(state.at).as_ref() == Some(side))
}

/// What is listed, how much of it, in which order.
fn title_line(state: &State, theme: Theme, room: u16) -> Line<'static> {
    let level = state.level();
    let mut spans = vec![
        Span::styled("──", theme.faint()),
        span(&format!(" {} ", title(level)), theme.heading()),
    ];
    if level.rows.is_some() {
        spans.push(Span::raw(format!("{} ", counts(level))));
    }
    // Above the list there is more room for it.
    let has_picture = layout::parts(state).picture.is_some();
    if let ([says, doubts @ ..], false) = (level.headline.as_slice(), has_picture) {
        spans.push(Span::styled("· ", theme.faint()));
        spans.push(span(says, theme.accent()));
        let doubts = doubts.iter();
        spans.extend(doubts.map(|one| span(&format!("; {one}"), theme.doubtful())));
        spans.push(Span::raw(" "));
    }
    if !level.filter.is_empty() {
        spans.push(Span::styled("matching ", theme.faint()));
        spans.push(span(&level.filter, theme.accent()));
        spans.push(Span::raw(" "));
    }
    if let Some(column) = level
        .order
        .column
        .and_then(|at| level.subject.columns().get(at))
    {
        let sign = if level.order.falling { "▼" } else { "▲" };
        spans.push(Span::styled(
            format!("by {} {sign} ", column.heading.as_str()),
            theme.faint(),
        ));
    }
    if level.left_out() > 0 {
        let left_out = format!("{} more are not held ", grouped(level.left_out()));
        spans.push(Span::styled(left_out, theme.doubtful()));
    }
    if level.is_deep() {
        spans.push(Span::styled("not refreshed this deep ", theme.doubtful()));
    }
    let taken: usize = spans.iter().map(Span::width).sum();
    let rest = usize::from(room).saturating_sub(taken);
    spans.push(Span::styled("─".repeat(rest), theme.faint()));
    cut_line(spans, usize::from(room))
}

fn title(level: &Level) -> String {
    let noun = level.subject.noun();
    let host = level
        .subject
        .of()
        .iter()
        .find(|one| one.field == Field::Host);
    match (&level.subject, level.subject.artifact_name(), host) {
        (Subject::Diff { .. }, ..) => format!("{noun} {}", level.crumb),
        (Subject::Affected { id } | Subject::AffectedBy { id, .. }, ..) => {
            format!("{noun} of {id}")
        }
        (_, Some(name), _) => format!("{noun} of {name}"),
        (_, None, Some(host)) => format!("{noun} on {}", host.value),
        (
            Subject::Containers {
                host: Some(host), ..
            },
            ..,
        ) => format!("{noun} on {host}"),
        (Subject::Changes { host: Some(host) }, ..) => format!("{noun} on {host}"),
        (Subject::Contents(_) | Subject::Containers { .. }, ..) => {
            format!("{noun} of {}", level.crumb)
        }
        _ => noun.to_owned(),
    }
}

/// `12/340` where a filter hides some, `340` where none does.
fn counts(level: &Level) -> String {
    let shown = grouped(level.len());
    match level.unfiltered() {
        _ if !level.is_filtered() => shown,
        Some(all) => format!("{shown}/{}", grouped(all)),
        None => format!("{shown}/…"),
    }
}

/// How wide each column is; none where it has to leave.
fn widths(level: &Level, rows: &[Option<&Item>], view: &View, room: usize) -> Vec<Option<usize>> {
    let columns = level.subject.columns();
    let widest = (room * WIDEST_PART.0 / WIDEST_PART.1).max(ALWAYS);
    let natural: Vec<usize> = columns
        .iter()
        .map(|column| match column.is_bar() {
            true => BAR,
            false => rows
                .iter()
                .flatten()
                .map(|item| width(&item.cell(column.heading).render(view)))
                // Room for the sign of the order.
                .fold(column.heading.as_str().len() + 1, usize::max)
                .min(widest),
        })
        .collect();
    let fits: Vec<_> = columns.iter().map(|column| column.fit).collect();
    // The first two columns of characters are the cursor's, the last stays free.
    let room = room.saturating_sub(3);
    let mut widths = fit(&natural, &fits, room);
    let taken: usize = widths.iter().flatten().map(|width| width + GAP).sum();
    let rest = (room + GAP).saturating_sub(taken);
    for (width, column) in widths.iter_mut().zip(columns) {
        if column.is_bar() {
            *width = width.map(|width| (width + rest).min(WIDEST_BAR));
        }
    }
    widths
}

fn headings(level: &Level, widths: &[Option<usize>], theme: Theme) -> Line<'static> {
    let mut spans = vec![Span::raw("  ")];
    for (at, (column, room)) in shown(level.subject.columns(), widths) {
        let is_count =
            (level.row(level.top)).is_some_and(|item| item.cell(column.heading).is_count());
        let sign = match level.order.column {
            Some(ordered) if ordered == at && level.order.falling => "▼",
            Some(ordered) if ordered == at => "▲",
            _ => "",
        };
        let name = format!("{}{sign}", column.heading.as_str());
        let gap = room.saturating_sub(width(&name));
        let style = if at == level.column {
            theme.accent()
        } else {
            theme.heading()
        };
        let (before, behind) = if is_count { (gap, 0) } else { (0, gap) };
        spans.push(Span::raw(" ".repeat(before)));
        spans.extend(with_letter(&name, column.letter, style));
        spans.push(Span::raw(" ".repeat(behind + GAP)));
    }
    Line::from(spans)
}

/// A column's name, with the letter underlined that orders by it.
fn with_letter(name: &str, letter: Option<char>, style: Style) -> Vec<Span<'static>> {
    let found = letter.and_then(|letter| name.find(|one: char| one.eq_ignore_ascii_case(&letter)));
    let Some(at) = found else {
        return vec![Span::styled(name.to_owned(), style)];
    };
    vec![
        Span::styled(name[..at].to_owned(), style),
        Span::styled(
            name[at..=at].to_owned(),
            style.add_modifier(Modifier::UNDERLINED),
        ),
        Span::styled(name[at + 1..].to_owned(), style),
    ]
}

/// The columns that there is room for, with their places.
fn shown<'a>(
    columns: &'static [Column],
    widths: &'a [Option<usize>],
) -> impl Iterator<Item = (usize, (&'static Column, usize))> + 'a {
    columns
        .iter()
        .zip(widths)
        .enumerate()
        .filter_map(|(at, (column, room))| room.map(|room| (at, (column, room))))
}

fn row(
    level: &Level,
    item: &Item,
    is_selected: bool,
    widths: &[Option<usize>],
    view: &View,
    shares: Shares,
    theme: Theme,
) -> Line<'static> {
    let base = if is_selected {
        theme.selected()
    } else {
        Style::new()
    };
    let mut spans = vec![Span::styled(if is_selected { "▸ " } else { "  " }, base)];
    for (place, (at, (column, room))) in shown(level.subject.columns(), widths).enumerate() {
        // Bars keep their look: a reversed bar would show its rest as the bar.
        let is_bar = column.is_bar();
        let ground = if is_bar { Style::new() } else { base };
        if place > 0 {
            spans.push(Span::styled(" ".repeat(GAP), ground));
        }
        if is_bar {
            spans.extend(shares.drawn(level, item, room, theme));
            continue;
        }
        let cell = item.cell(column.heading);
        let text = match &cell {
            Cell::Count(count) => fitted_right(&grouped(*count), room),
            _ => fitted_cell(&cell.render(view), item.cut_as(column.heading), room),
        };
        let style = if is_selected && at == level.column {
            theme.selected_cell()
        } else {
            theme.tone(item.tone(column.heading, &cell)).patch(ground)
        };
        spans.push(Span::styled(text, style));
    }
    Line::from(spans)
}
