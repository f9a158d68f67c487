//! What stands above a list that is about one artifact: how much of it runs, and how that went.

use model::shown::escaped;
use proto_types::{Field, RelatedArtifact, TimelinePoint};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    text::{clipped, clock, span},
    theme::Theme,
};
use crate::{
    output::{
        bar::{share, to_f64, to_usize},
        coverage,
        fit::width,
        number::{counted, grouped},
    },
    tui::state::State,
};

/// How high the sparkline is.
const HEIGHT: usize = 2;

/// Draws it.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let inside = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        ..area
    };
    let room = usize::from(inside.width);
    let mut lines = vec![summary(state, theme, room), related(state, theme, room)];
    if let Some(picture) = &state.level().picture
        && picture.timeline.len() > 1
    {
        lines.extend(sparkline(state, &picture.timeline, room, HEIGHT, theme));
    }
    frame.render_widget(Paragraph::new(lines), inside);
}

/// How much runs, and what the answer lacks.
fn summary(state: &State, theme: Theme, room: usize) -> Line<'static> {
    let level = state.level();
    let name = level.subject.artifact_name().unwrap_or_default();
    let mut spans = vec![span(name, theme.accent())];
    for one in level.subject.of().iter().skip(1).chain(&level.matches) {
        let words = crate::words::terms::in_words(one);
        // A digest says nothing to people, and the type goes with the version.
        if !matches!(one.field, Field::ImageDigest | Field::Type) {
            spans.push(span(&format!(" {words}"), theme.accent()));
        }
    }
    let asked = level.picture.as_ref().and_then(|one| one.summary);
    let Some(summary) = level.summary.or(asked) else {
        return Line::from(spans);
    };
    let found = if summary.containers == 0 {
        "nothing found".to_owned()
    } else {
        [
            counted(summary.images, "image"),
            counted(summary.containers, "container"),
            counted(summary.hosts, "host"),
        ]
        .join(", ")
    };
    spans.push(span(&format!(": {found}"), theme.heading()));
    // The line above the last one says it in any case.
    let gaps = level.coverage.iter().flat_map(coverage::gaps);
    let gaps: String = gaps.map(|gap| format!("; {gap}")).collect();
    let taken: usize = spans.iter().map(Span::width).sum();
    if taken + width(&gaps) <= room {
        spans.push(span(&gaps, theme.doubtful()));
    }
    Line::from(spans)
}

/// What else is built from the same source package.
fn related(state: &State, theme: Theme, room: usize) -> Line<'static> {
    let level = state.level();
    if let Some(says) = level.headline.first() {
        return Line::styled(clipped(says, room), theme.accent());
    }
    let related = level.picture.as_ref().map_or(&[][..], |one| &one.related);
    if related.is_empty() {
        return Line::default();
    }
    let from = level.subject.artifact_name().unwrap_or_default();
    let mut text = format!("built from {} too:", escaped(from));
    // As many as there is room for: half a name would be another one.
    let mut related: Vec<&RelatedArtifact> = related.iter().collect();
    related.sort_by_key(|one| std::cmp::Reverse(one.containers));
    for one in related {
        let next = format!(
            "  {} {} {}",
            escaped(&one.name),
            escaped(&one.artifact_type),
            grouped(one.containers)
        );
        if width(&text) + width(&next) + 3 > room {
            text.push_str("  …");
            break;
        }
        text.push_str(&next);
    }
    Line::styled(text, theme.faint())
}

/// How many containers there were over time, `height` lines high and a last one that says when.
pub(super) fn sparkline(
    state: &State,
    points: &[TimelinePoint],
    room: usize,
    height: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = points
        .iter()
        .map(|point| point.containers)
        .max()
        .unwrap_or(0);
    let now = points.last().map_or(0, |point| point.containers);
    let label = format!(" {}", grouped(most));
    let columns = room.saturating_sub(label.len().max(8)).max(8);
    let levels: Vec<usize> = (0..columns)
        .map(|column| eighths(at(points, column, columns), most, height))
        .collect();
    let mut lines: Vec<Line<'static>> = (0..height)
        .rev()
        .map(|line| {
            let drawn = levels.iter().map(|level| {
                let within = level.saturating_sub(line * 8).min(8);
                EIGHTHS[within]
            });
            Line::styled(drawn.collect::<String>(), theme.picture())
        })
        .collect();
    if let Some(first) = lines.first_mut() {
        first.spans.push(Span::styled(label, theme.faint()));
    }
    if let Some(last) = lines.last_mut()
        && height > 1
    {
        last.spans
            .push(Span::styled(format!(" {}", grouped(now)), theme.heading()));
    }
    lines.push(ends(state, points, columns, theme));
    lines
}

/// The point that a column stands for.
fn at(points: &[TimelinePoint], column: usize, columns: usize) -> u64 {
    let last = points.len().saturating_sub(1);
    let place = column * last / columns.saturating_sub(1).max(1);
    points.get(place).map_or(0, |point| point.containers)
}

/// How high a column is; anything at all is seen.
fn eighths(containers: u64, most: u64, height: usize) -> usize {
    let all = height * 8;
    let filled = to_usize((share(containers, most) * to_f64(all)).round());
    filled.max(usize::from(containers > 0)).min(all)
}

/// When the line begins and ends.
fn ends(state: &State, points: &[TimelinePoint], room: usize, theme: Theme) -> Line<'static> {
    let zone = &state.session.zone;
    let shown = |point: Option<&TimelinePoint>| {
        point.map_or_else(String::new, |point| clock(point.at, state.now, zone))
    };
    let (first, last) = (shown(points.first()), shown(points.last()));
    let gap = room.saturating_sub(first.len() + last.len());
    Line::styled(format!("{first}{}{last}", " ".repeat(gap)), theme.faint())
}
