//! How many containers there were over time: plain, or stacked by version.

use proto_types::TimelinePoint;
use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{
    text::{clock, span},
    theme::Theme,
};
use crate::{
    output::{
        bar::{share, to_f64, to_usize},
        number::grouped,
    },
    tui::{stack::Layer, state::State},
};

const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// How long a day is, written.
const DAY: usize = "2026-03-28".len();

/// What is drawn, and where.
pub(super) struct Chart<'a> {
    pub(super) state: &'a State,
    /// How many containers there were in all.
    pub(super) points: &'a [TimelinePoint],
    /// What they are made up of, the oldest version first; nothing for a plain chart.
    pub(super) layers: &'a [Layer],
    /// How wide it is, its numbers included.
    pub(super) room: usize,
    /// How many lines it is high, without the one that says when.
    pub(super) height: usize,
    pub(super) theme: Theme,
}

/// A column: up to how many eighths of a line each layer reaches, from the bottom.
type Column = Vec<usize>;

impl Chart<'_> {
    /// Its lines, and the last one that says when it begins and ends, and what its blocks mean.
    pub(super) fn lines(&self) -> Vec<Line<'static>> {
        let most = self.most();
        let now = self.points.last().map_or(0, |point| point.containers);
        let label = format!(" {}", grouped(most));
        let columns = self.room.saturating_sub(label.len().max(8)).max(8);
        let drawn: Vec<Column> = (0..columns)
            .map(|column| self.column(self.point(column, columns), most))
            .collect();
        let mut lines: Vec<Line<'static>> = (0..self.height)
            .rev()
            .map(|line| self.line(&drawn, line))
            .collect();
        if let Some(first) = lines.first_mut() {
            first.spans.push(Span::styled(label, self.theme.faint()));
        }
        if let Some(last) = lines.last_mut()
            && self.height > 1
        {
            let now = format!(" {}", grouped(now));
            last.spans.push(Span::styled(now, self.theme.heading()));
        }
        lines.push(self.ends(columns));
        lines
    }

    /// As much as a full column stands for. A container with two versions is in two layers.
    fn most(&self) -> u64 {
        let stacked = (0..self.points.len()).map(|at| self.counts(at).sum::<u64>());
        let plain = self.points.iter().map(|point| point.containers);
        stacked.chain(plain).max().unwrap_or(0)
    }

    fn counts(&self, at: usize) -> impl Iterator<Item = u64> + '_ {
        let counts = self.layers.iter();
        counts.map(move |layer| layer.containers.get(at).copied().unwrap_or(0))
    }

    /// The point that a column stands for.
    fn point(&self, column: usize, columns: usize) -> usize {
        let last = self.points.len().saturating_sub(1);
        column * last / columns.saturating_sub(1).max(1)
    }

    fn column(&self, at: usize, most: u64) -> Column {
        let plain = self.points.get(at).map_or(0, |point| point.containers);
        let counts: Vec<u64> = match self.layers {
            [] => vec![plain],
            _ => self.counts(at).collect(),
        };
        let all = self.height * 8;
        let (mut sum, mut before) = (0, 0);
        let reached = counts.into_iter().map(|count| {
            sum += count;
            let filled = to_usize((share(sum, most) * to_f64(all)).round());
            // Anything at all is seen.
            before = filled.max(before + usize::from(count > 0)).min(all);
            before
        });
        reached.collect()
    }

    /// One line of it, blocks of one look together.
    fn line(&self, columns: &[Column], line: usize) -> Line<'static> {
        let base = line * 8;
        let mut spans: Vec<Span<'static>> = Vec::new();
        for column in columns {
            let within = column
                .last()
                .map_or(0, |top| top.saturating_sub(base))
                .min(8);
            // Of several layers in one block the one in the middle of what is filled is shown.
            let middle = base + within.saturating_sub(1) / 2;
            let layer = column.iter().position(|top| *top > middle);
            let (block, style) = match layer.and_then(|at| self.layers.get(at)) {
                Some(layer) if within == 8 => (layer.block(), self.style(layer)),
                Some(layer) => (EIGHTHS[within], self.style(layer)),
                None => (EIGHTHS[within], self.theme.picture()),
            };
            match spans.last_mut() {
                Some(last) if last.style == style => last.content.to_mut().push(block),
                _ => spans.push(Span::styled(block.to_string(), style)),
            }
        }
        Line::from(spans)
    }

    fn style(&self, layer: &Layer) -> Style {
        let release = layer.release.as_ref();
        release.map_or(self.theme.faint(), |one| self.theme.age(one.age))
    }

    /// When it begins and ends, and between the two what its blocks mean.
    fn ends(&self, room: usize) -> Line<'static> {
        let state = self.state;
        let shown = |point: Option<&TimelinePoint>| {
            point.map_or_else(String::new, |point| {
                clock(point.at, state.now, &state.session.zone)
            })
        };
        let (first, last) = (self.points.first(), self.points.last());
        let (mut first, mut last) = (shown(first), shown(last));
        // The days alone where there is no room for more.
        for end in [&mut first, &mut last] {
            if 2 * end.len() + 2 > room && end.len() > DAY {
                end.truncate(DAY);
            }
        }
        let Some(gap) = room.checked_sub(first.len() + last.len() + 1) else {
            return Line::default();
        };
        let gap = gap + 1;
        let legend = self.legend(gap.saturating_sub(4));
        let taken: usize = legend.iter().map(Span::width).sum();
        let before = (gap - taken) / 2;
        let spaces = |many: usize| Span::raw(" ".repeat(many));
        let begin = [Span::styled(first, self.theme.faint()), spaces(before)];
        let end = [
            spaces(gap - taken - before),
            Span::styled(last, self.theme.faint()),
        ];
        Line::from_iter(begin.into_iter().chain(legend).chain(end))
    }

    /// What blocks mean, the newest version first, as far as there is room.
    fn legend(&self, room: usize) -> Vec<Span<'static>> {
        let mut spans: Vec<Span<'static>> = Vec::new();
        let mut taken = 0;
        for layer in self.layers.iter().rev() {
            let release = layer.release.as_ref();
            let name = release.map_or("others", |one| one.version.as_str());
            let next = [
                Span::styled(format!("  {} ", layer.block()), self.style(layer)),
                span(name, self.style(layer)),
            ];
            let wide: usize = next.iter().map(Span::width).sum();
            if taken + wide + 3 > room {
                if taken > 0 {
                    spans.push(Span::styled("  …", self.theme.faint()));
                }
                break;
            }
            taken += wide;
            spans.extend(next);
        }
        spans
    }
}
