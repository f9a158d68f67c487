//! The last two lines: what is typed, what went wrong or was done; and the keys that matter most.

use ratatui::{
    Frame,
    layout::Rect,
    style::{Modifier, Style},
    text::{Line as Text, Span},
    widgets::Paragraph,
};

use super::{
    text::{clipped, cut_line, line_with_end, span},
    theme::Theme,
};
use crate::{
    output::coverage,
    tui::{
        answer::Problem,
        keymap::Action,
        state::{Level, Line, Mode, Notice, State},
    },
};

/// Draws the line above the last.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    match &state.mode {
        Mode::Filter { line, .. } => {
            let (hint, style) = filter_hint(state, theme);
            typed("/", line, &hint, style, theme, frame, area);
        }
        Mode::At(line) => {
            let hint = "a time: 2026-03-28T12:00Z, 3d (ago), yesterday; empty for now";
            typed("at ", line, hint, theme.faint(), theme, frame, area);
        }
        Mode::Palette { line, .. } => {
            typed(
                ":",
                line,
                "enter goes there or runs the selected command; tab completes",
                theme.faint(),
                theme,
                frame,
                area,
            );
        }
        _ => {
            let room = usize::from(area.width);
            frame.render_widget(Paragraph::new(told(state, theme, room)), area);
        }
    }
}

/// A line that is being typed, its cursor, and what it means so far.
fn typed(
    sign: &'static str,
    line: &Line,
    hint: &str,
    style: Style,
    theme: Theme,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let (before, behind) = line.halves();
    let (under, rest) = match behind.chars().next() {
        Some(one) => behind.split_at(one.len_utf8()),
        None => (" ", ""),
    };
    let left = vec![
        Span::styled(format!(" {sign}"), theme.accent()),
        span(before, Style::new()),
        span(under, Style::new().add_modifier(Modifier::REVERSED)),
        span(rest, Style::new()),
    ];
    let wide: usize = left.iter().map(Span::width).sum();
    let hint = span(hint, style);
    let right = if wide + hint.width() + 3 <= usize::from(area.width) {
        vec![hint, Span::raw(" ")]
    } else {
        Vec::new()
    };
    line_with_end(left, right, frame, area);
}

/// What the filter means, or why it means nothing yet.
fn filter_hint(state: &State, theme: Theme) -> (String, Style) {
    let level = state.level();
    if let Some(error) = &level.filter_error {
        return (error.clone(), theme.doubtful());
    }
    if !level.is_filtered() {
        return (what_to_type(level), theme.faint());
    }
    let words = level.words.iter();
    let words = words.map(|word| format!("name or state contains {word}"));
    let matches = level.matches.iter();
    let matches = matches.map(|one| format!("{} {} {}", one.field, one.op, one.value));
    let meant: Vec<String> = words.chain(matches).collect();
    (meant.join(", "), theme.faint())
}

fn what_to_type(level: &Level) -> String {
    if level.subject.has_states() {
        let fields: Vec<&str> = level
            .subject
            .fields()
            .iter()
            .map(|one| one.as_str())
            .collect();
        if fields.is_empty() {
            return "words: the row's id, CVEs or summary contain them; kev: known to be exploited"
                .to_owned();
        }
        let fields = fields.join(", ");
        return format!("a word: the name or the state contains it; or terms of {fields}");
    }
    let field = level.subject.word_field();
    format!("a word: {field} contains it; or terms: version<3.0.15 host=web*")
}

/// What was done, what can't be, what went wrong, or else what the answer lacks.
fn told(state: &State, theme: Theme, room: usize) -> Text<'static> {
    let line = |text: &str, style| line(text, style, room);
    let cancel = state.keymap.first(Action::Cancel);
    match &state.notice {
        Some(Notice::Done(text)) => return line(text, theme.good()),
        Some(Notice::Refused(text)) => return line(text, theme.doubtful()),
        Some(Notice::LeaveNext) => {
            return line(&format!("press {cancel} again to quit"), theme.doubtful());
        }
        None => {}
    }
    let level = state.level();
    if let (Some(problem), Some(_)) = (&level.problem, &level.rows) {
        return failed(problem, theme, room);
    }
    if let Some(error) = &level.filter_error {
        return line(error, theme.doubtful());
    }
    let gaps = level.coverage.iter().flat_map(coverage::gaps);
    let gaps: Vec<String> = gaps.collect();
    line(&gaps.join("; "), theme.doubtful())
}

fn line(text: &str, style: Style, room: usize) -> Text<'static> {
    let text = clipped(text, room.saturating_sub(2));
    Text::from(vec![Span::raw(" "), Span::styled(text, style)])
}

fn failed(problem: &Problem, theme: Theme, room: usize) -> Text<'static> {
    let mut spans = vec![
        Span::styled(" error: ", theme.bad()),
        span(&problem.what, Style::new()),
    ];
    if let Some(hint) = &problem.hint {
        spans.push(span(&format!(" · {hint}"), theme.faint()));
    }
    cut_line(spans, room)
}

/// The keys that matter most just now.
const HINTS: [(Action, &str); 11] = [
    (Action::DrillIn, "in"),
    (Action::Back, "back"),
    (Action::Filter, "filter"),
    (Action::Images, "images"),
    (Action::Containers, "where"),
    (Action::Hosts, "hosts"),
    (Action::Sort, "order"),
    (Action::Details, "details"),
    (Action::At, "time"),
    (Action::Export, "export"),
    (Action::CopyCommand, "copy command"),
];

/// Draws the last line.
pub(super) fn hints(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let hint = |action: Action, word: &str| {
        let key = state.keymap.first(action);
        vec![
            Span::styled(format!(" {key}"), theme.key()),
            Span::styled(format!(" {word} "), theme.faint()),
        ]
    };
    let mut right = hint(Action::Help, "help");
    right.extend(hint(Action::Quit, "quit"));
    let taken: usize = right.iter().map(Span::width).sum();
    let room = usize::from(area.width).saturating_sub(taken);
    let mut left: Vec<Span<'static>> = Vec::new();
    for (action, word) in HINTS {
        let next = hint(action, word);
        let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
        if wide(&left) + wide(&next) > room {
            break;
        }
        left.extend(next);
    }
    line_with_end(left, right, frame, area);
}
