//! A rollout as a map: a cell for each host, a letter and a color for the oldest version that it runs;
//! and below it what the letters mean, with how many hosts each has.

use std::collections::BTreeMap;

use ratatui::{
    Frame,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    text::{fitted, span},
    theme::Theme,
};
use crate::{
    output::{
        bar::{bar, share, to_usize},
        number::counted,
    },
    tui::{
        item::Item,
        layout::{CELL, Map},
        rollout::{Age, OnHost, Release, letter},
        state::{Level, Rows, State},
    },
};

/// How wide the bar of a version's share of the hosts is at most.
const WIDEST_BAR: usize = 32;
/// How wide versions are at most.
const WIDEST_VERSION: usize = 40;

/// Draws it.
pub(super) fn draw(state: &State, map: &Map, theme: Theme, frame: &mut Frame<'_>) {
    let level = state.level();
    frame.render_widget(Paragraph::new(grid(level, map, theme)), map.grid);
    frame.render_widget(Paragraph::new(legend(level, map.legend, theme)), map.legend);
}

/// As many lines of cells as there is room for, the selected one among them.
fn grid(level: &Level, map: &Map, theme: Theme) -> Vec<Line<'static>> {
    let columns = map.columns.max(1);
    let height = u64::from(map.grid.height).max(1);
    let lines = level.len().div_ceil(columns);
    let first = (level.cursor / columns)
        .saturating_sub(height / 2)
        .min(lines.saturating_sub(height));
    let line = |at: u64| {
        let places = (at * columns..(at + 1) * columns).take_while(|place| *place < level.len());
        let cells = places.filter_map(|place| Some((place, on_host(level.row(place)?)?)));
        let cells = cells.map(|(place, host)| cell(host, place == level.cursor, theme));
        let margin = [Span::raw("  ")];
        Line::from(margin.into_iter().chain(cells).collect::<Vec<_>>())
    };
    (first..lines.min(first + height)).map(line).collect()
}

fn on_host(item: &Item) -> Option<&OnHost> {
    match item {
        Item::OnHost(host) => Some(host),
        _ => None,
    }
}

fn cell(host: &OnHost, is_selected: bool, theme: Theme) -> Span<'static> {
    let style = style(host, theme);
    let style = if is_selected {
        style.patch(theme.selected_cell())
    } else {
        style
    };
    Span::styled(
        format!("{:<width$}", host.sign(), width = usize::from(CELL)),
        style,
    )
}

fn style(host: &OnHost, theme: Theme) -> Style {
    match &host.release {
        _ if host.is_unknown() => theme.doubtful(),
        None => theme.faint(),
        Some(release) => theme.age(release.age),
    }
}

/// What the letters mean, the newest version first.
fn legend(level: &Level, area: Rect, theme: Theme) -> Vec<Line<'static>> {
    let mut of: BTreeMap<usize, (&Release, u64)> = BTreeMap::new();
    let (mut none, mut unknown) = (0u64, 0u64);
    let all = level.rows.iter().flat_map(Rows::shown);
    for host in all.filter_map(on_host) {
        match &host.release {
            _ if host.is_unknown() => unknown += 1,
            None => none += 1,
            Some(release) => of.entry(release.place).or_insert((release, 0)).1 += 1,
        }
    }
    let widest = of
        .values()
        .map(|(one, _)| one.version.chars().count())
        .max();
    let widest = widest.unwrap_or(0).clamp(12, WIDEST_VERSION);
    let room = usize::from(area.width)
        .saturating_sub(widest + 40)
        .min(WIDEST_BAR);
    let hosts = level.len();
    let mut lines: Vec<Line<'static>> = of
        .values()
        .map(|(release, many)| version(release, *many, (widest, room, hosts), theme))
        .collect();
    let others = [
        ('·', none, "run none"),
        ('?', unknown, "silent or not enrolled: not known"),
    ];
    for (sign, many, what) in others.into_iter().filter(|(_, many, _)| *many > 0) {
        let text = format!("  {sign}  {} {what}", counted(many, "host"));
        let style = if sign == '?' {
            theme.doubtful()
        } else {
            theme.faint()
        };
        lines.push(Line::styled(text, style));
    }
    let height = usize::from(area.height);
    if lines.len() > height && height > 0 {
        let more = lines.split_off(height - 1).len();
        lines.push(Line::styled(format!("  and {more} more"), theme.faint()));
    }
    lines
}

fn version(
    release: &Release,
    hosts: u64,
    (widest, room, of): (usize, usize, u64),
    theme: Theme,
) -> Line<'static> {
    let style = theme.age(release.age);
    let said = match release.age {
        Age::Newest => "newest",
        Age::Oldest => "oldest",
        Age::Newer | Age::Older => "",
    };
    let percent = to_usize((share(hosts, of) * 100.0).floor());
    Line::from(vec![
        Span::styled(format!("  {}  ", letter(release.place)), style),
        span(&fitted(&release.version, widest), style),
        Span::styled(
            format!("  {:<6} ", fitted(&release.artifact_type, 6)),
            theme.faint(),
        ),
        Span::styled(fitted(&bar(share(hosts, of), room), room), style),
        Span::raw(format!(" {} {percent}% ", counted(hosts, "host"))),
        Span::styled(said, theme.faint()),
    ])
}
