//! What stands above a list that is about one artifact: how much of it runs, and how that went.

use model::shown::escaped;
use proto_types::{Field, RelatedArtifact};
use ratatui::{
    Frame,
    layout::Rect,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    chart::Chart,
    text::{clipped, cut_line, span},
    theme::Theme,
};
use crate::{
    output::{
        coverage,
        fit::width,
        number::{counted, grouped},
    },
    tui::{pace::none_by, state::State},
};

/// How many lines stand around the chart: two above it, and the one that says when.
const AROUND: u16 = 3;

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
        let chart = Chart {
            state,
            points: &picture.timeline,
            layers: &picture.stack,
            room,
            height: usize::from(area.height.saturating_sub(AROUND)),
            theme,
        };
        lines.extend(chart.lines());
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
        return cut_line(spans, room);
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
    spans.extend(pace(state, theme));
    // The line above the last one says it in any case.
    let gaps = level.coverage.iter().flat_map(coverage::gaps);
    let gaps: String = gaps.map(|gap| format!("; {gap}")).collect();
    let taken: usize = spans.iter().map(Span::width).sum();
    if taken + width(&gaps) <= room {
        spans.push(span(&gaps, theme.doubtful()));
    }
    cut_line(spans, room)
}

/// When none will be left at this pace, where versions are asked about; nothing where it doesn't become
/// less, or of the past.
fn pace(state: &State, theme: Theme) -> Option<Span<'static>> {
    let level = state.level();
    let picture = level.picture.as_ref()?;
    let mut terms = level.subject.of().iter().chain(&level.matches);
    let of_versions = terms.any(|one| matches!(one.field, Field::Version | Field::SourceVersion));
    if state.at.is_some() || !of_versions {
        return None;
    }
    let by = none_by(&picture.timeline)?;
    let day = by.to_zoned(state.session.zone.clone()).date();
    let told = format!("; at this pace none by {day}");
    Some(Span::styled(told, theme.accent()))
}

/// What else is built from the same source package.
fn related(state: &State, theme: Theme, room: usize) -> Line<'static> {
    let level = state.level();
    // An empty list says it itself.
    let is_empty = level.subject.is_found() && level.len() == 0;
    if let Some(says) = level.headline.first().filter(|_| !is_empty) {
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
