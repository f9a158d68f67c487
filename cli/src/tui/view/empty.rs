//! What stands where no row is: each reason has its own words.

use model::proof;
use proto_types::Coverage;
use ratatui::{
    Frame,
    layout::{Alignment, Rect},
    style::Style,
    text::Line,
    widgets::{Paragraph, Wrap},
};

use super::{
    text::{clock, span, spinner},
    theme::Theme,
};
use crate::{
    output::{coverage::gaps, number::grouped},
    tui::{
        answer::{Problem, ProblemKind},
        keymap::Action,
        state::{Level, State, Subject},
    },
};

/// What is said, each line with its look.
type Words = Vec<(String, Style)>;

/// Draws why there are no rows.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
    let words = words(state, theme);
    let lines: Vec<Line<'_>> = words
        .iter()
        .map(|(text, style)| Line::from(span(text, *style)))
        .collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let above = area.height.saturating_sub(height) / 3;
    let middle = Rect {
        y: area.y + above,
        height: area.height.saturating_sub(above),
        ..area
    };
    let told = Paragraph::new(lines)
        .alignment(Alignment::Center)
        .wrap(Wrap { trim: true });
    frame.render_widget(told, middle);
}

fn words(state: &State, theme: Theme) -> Words {
    let level = state.level();
    match (&level.rows, &level.problem, &level.coverage) {
        (None, Some(problem), _) => failed(state, problem, theme),
        (None, None, _) => waiting(state, theme),
        (Some(_), ..) if level.subject == Subject::Affecting && state.at.is_some() => {
            not_of_the_past(state, theme)
        }
        (Some(_), _, Some(coverage)) if coverage.hosts == 0 && !level.is_filtered() => vec![
            ("no host is enrolled yet".to_owned(), theme.heading()),
            (
                "`assetctl host add NAME` gives the code to enroll one with".to_owned(),
                theme.faint(),
            ),
        ],
        (Some(_), _, coverage) => nothing(state, level, coverage.as_ref(), theme),
    }
}

fn waiting(state: &State, theme: Theme) -> Words {
    match spinner(state.waiting_since(), state.now) {
        Some(sign) => vec![(
            format!("{sign} asking {}", state.session.server),
            theme.faint(),
        )],
        None if state.level().pending.is_empty() => {
            let again = state.keymap.first(Action::Refresh);
            vec![(format!("canceled; {again} asks again"), theme.faint())]
        }
        None => Vec::new(),
    }
}

fn failed(state: &State, problem: &Problem, theme: Theme) -> Words {
    let what = match problem.kind {
        ProblemKind::Unreachable => format!("{} can't be reached", state.session.server),
        ProblemKind::NotAuthorized => format!("{} refused access", state.session.server),
        ProblemKind::Other => "the server did not answer this".to_owned(),
    };
    let again = match problem.kind {
        ProblemKind::Unreachable => "retrying every 5 s".to_owned(),
        _ => format!("{} asks again", state.keymap.first(Action::Refresh)),
    };
    let mut words = vec![(what, theme.bad()), (problem.what.clone(), Style::new())];
    words.extend(
        problem
            .hint
            .iter()
            .map(|hint| (hint.clone(), theme.faint())),
    );
    words.push((again, theme.faint()));
    words
}

fn nothing(state: &State, level: &Level, coverage: Option<&Coverage>, theme: Theme) -> Words {
    let hidden = level.unfiltered().unwrap_or(0);
    if level.is_filtered() && hidden > 0 {
        let clear = state.keymap.first(Action::ClearFilter);
        return vec![
            (
                format!("your filter `{}` hides {}", level.filter, grouped(hidden)),
                theme.heading(),
            ),
            (format!("{clear} clears it"), theme.faint()),
        ];
    }
    if let (Subject::Diff { .. }, [says, doubts @ ..]) = (&level.subject, &level.headline[..]) {
        return same(says, doubts, theme);
    }
    if let Subject::Affecting | Subject::Affected { .. } | Subject::AffectedBy { .. } =
        &level.subject
    {
        return unaffected(level, coverage, theme);
    }
    if let (Subject::Changes { .. }, Some(coverage)) = (&level.subject, coverage) {
        return unchanged(state, coverage, theme);
    }
    if let (Subject::Uncovered, Some(coverage)) = (&level.subject, coverage) {
        return uncovered(state, coverage, theme);
    }
    let mut words = vec![(sentence(state, level), theme.heading())];
    let meant = level.headline.first().cloned();
    words.extend(meant.map(|text| (text, theme.accent())));
    words.extend(last_seen(state, level).map(|text| (text, theme.faint())));
    words.extend(proof(level, coverage, theme));
    words
}

/// What it means that no host and no image is listed as not covered.
fn uncovered(state: &State, coverage: &Coverage, theme: Theme) -> Words {
    let when = state.at.map_or_else(
        || "now".to_owned(),
        |at| format!("at {}", clock(at, state.now, &state.session.zone)),
    );
    if proof::is_proof(coverage) {
        return vec![
            (format!("nothing is missing {when}"), theme.heading()),
            (all_covered(coverage), theme.good()),
        ];
    }
    let mut words = vec![(format!("what answers lack {when}"), theme.heading())];
    let gaps = gaps(coverage).into_iter();
    words.extend(gaps.map(|gap| (gap, theme.doubtful())));
    if state.at.is_some() {
        let number = "of the past only the number is known; the present has the names";
        words.push((number.to_owned(), theme.faint()));
    }
    words.push((
        "so an empty answer proves nothing".to_owned(),
        theme.doubtful(),
    ));
    words
}

/// What it means that two sides don't differ.
fn same(says: &str, doubts: &[String], theme: Theme) -> Words {
    let mut words = vec![(says.to_owned(), theme.heading())];
    words.extend(doubts.iter().map(|one| (one.clone(), theme.doubtful())));
    words.push(match doubts {
        [] => ("confirmed: all of both is known".to_owned(), theme.good()),
        _ => (
            "not conclusive: they may differ all the same".to_owned(),
            theme.doubtful(),
        ),
    });
    words
}

/// What it means that no advisory affects anything, or one nothing: what isn't known is not clean.
fn unaffected(level: &Level, coverage: Option<&Coverage>, theme: Theme) -> Words {
    let mut headline = level.headline.iter();
    let says = headline.next().cloned().unwrap_or_default();
    let mut words = vec![(says, theme.heading())];
    words.extend(headline.map(|one| (one.clone(), theme.doubtful())));
    let is_of_one = !matches!(level.subject, Subject::Affecting);
    let is_proof = words.len() == 1 && coverage.is_some_and(proof::is_proof);
    words.push(match is_of_one && is_proof {
        true => (
            "confirmed: everything that runs was judged".to_owned(),
            theme.good(),
        ),
        false => (
            "not conclusive: of what no feed speaks, nothing is known".to_owned(),
            theme.doubtful(),
        ),
    });
    words
}

/// Which advisories affected what ran isn't asked of the past as a whole.
fn not_of_the_past(state: &State, theme: Theme) -> Words {
    let palette = state.keymap.first(Action::Palette);
    vec![
        (
            "the list of advisories is of what runs now only".to_owned(),
            theme.heading(),
        ),
        (
            format!("{palette}advisory ID says what one affected then; {palette}now comes back"),
            theme.faint(),
        ),
    ]
}

/// What it means that nothing changed.
fn unchanged(state: &State, coverage: &Coverage, theme: Theme) -> Words {
    let until = state.at.map_or_else(String::new, |at| {
        format!(" before {}", clock(at, state.now, &state.session.zone))
    });
    let mut words = vec![(
        format!("nothing changed in the 7 days{until}"),
        theme.heading(),
    )];
    if proof::is_proof(coverage) {
        let all = format!("all {} hosts report", grouped(coverage.hosts));
        words.push((all, theme.good()));
        return words;
    }
    let gaps = gaps(coverage).into_iter();
    words.extend(gaps.map(|gap| (gap, theme.doubtful())));
    words.push((
        "not conclusive: something may have".to_owned(),
        theme.doubtful(),
    ));
    words
}

fn all_covered(coverage: &Coverage) -> String {
    format!(
        "all {} hosts and {} images are covered: an empty answer is a proof",
        grouped(coverage.hosts),
        grouped(coverage.running_images)
    )
}

fn sentence(state: &State, level: &Level) -> String {
    let name = level.subject.artifact_name();
    let what = match (name, !level.is_filtered()) {
        (Some(name), true) => name.to_owned(),
        (Some(name), false) => format!("{name} matching `{}`", level.filter),
        (None, false) => format!("`{}`", level.filter),
        (None, true) => return format!("there are no {} here", level.subject.noun()),
    };
    match state.at {
        Some(at) => {
            let at = clock(at, state.now, &state.session.zone);
            format!("nothing ran {what} at {at}")
        }
        None => format!("nothing runs {what}"),
    }
}

fn last_seen(state: &State, level: &Level) -> Option<String> {
    let last = level.summary?.last_seen?;
    let zone = &state.session.zone;
    Some(format!("it last ran {}", clock(last, state.now, zone)))
}

/// Whether that proves anything.
fn proof(level: &Level, coverage: Option<&Coverage>, theme: Theme) -> Words {
    let Some(coverage) = coverage.filter(|_| level.subject.is_found()) else {
        return Vec::new();
    };
    if proof::is_proof(coverage) {
        let proof = format!(
            "confirmed: all {} hosts and {} images are covered",
            grouped(coverage.hosts),
            grouped(coverage.running_images)
        );
        return vec![(proof, theme.good())];
    }
    let gaps = gaps(coverage).into_iter();
    let mut words: Words = gaps.map(|gap| (gap, theme.doubtful())).collect();
    words.push(("not conclusive".to_owned(), theme.doubtful()));
    words
}
