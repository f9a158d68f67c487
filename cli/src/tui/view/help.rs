//! The help: every key of the keymap, and the rules that no key tells.

use ratatui::{
    Frame,
    text::{Line, Span},
    widgets::Paragraph,
};

use super::{
    overlay::framed,
    text::{fitted, worded},
    theme::Theme,
};
use crate::tui::{
    keymap::{Action, BINDINGS, Group, Key},
    state::State,
};

/// The rules that no key tells.
const RULES: [(&str, &str); 6] = [
    (
        "a filter",
        "takes the terms of `assetctl find`: name=openssl version<3.0.15 host=web*. A word without \
         an operator means that what the list is about contains it; with * or ? it is a pattern.",
    ),
    (
        "who filters",
        "What `find` finds is filtered by the server, over the whole fleet. Hosts, images and what \
         is in an image are filtered here, all of them.",
    ),
    (
        "a level",
        "keeps its filter, its order and its cursor. The level below starts from the row, without the filter.",
    ),
    (
        "refreshing",
        "is automatic. The cursor stays on the same thing, wherever it moves.",
    ),
    (
        "the gauge",
        "shows the smaller of two shares: hosts that report, and running images with a complete SBOM.",
    ),
    (
        "copying",
        "goes through the terminal (OSC 52), over SSH too; tmux needs `set -g set-clipboard on`.",
    ),
];

/// How wide keys are.
const KEYS: usize = 24;

/// Draws it.
pub(super) fn draw(state: &State, top: usize, theme: Theme, frame: &mut Frame<'_>) {
    let size = (104, frame.area().height.saturating_sub(2));
    let below = " j k scroll · esc back ".to_owned();
    let inside = framed(" help ", below, size, theme, frame);
    let lines = lines(state, usize::from(inside.width), theme);
    let most = lines.len().saturating_sub(usize::from(inside.height));
    let top = u16::try_from(top.min(most)).unwrap_or(0);
    frame.render_widget(Paragraph::new(lines).scroll((top, 0)), inside);
}

fn lines(state: &State, room: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = here(state, room, theme);
    lines.push(Line::default());
    for group in Group::ALL {
        lines.push(Line::styled(format!(" {}", group.title()), theme.heading()));
        for binding in BINDINGS.iter().filter(|one| one.group == group) {
            let keys = state.keymap.keys(binding.action).iter().map(Key::to_string);
            let keys: Vec<String> = keys.collect();
            lines.extend(explained(&keys.join(" "), binding.help, room, theme));
        }
        lines.push(Line::default());
    }
    lines.push(Line::styled(" Rules", theme.heading()));
    for (about, rule) in RULES {
        lines.extend(explained(about, rule, room, theme));
    }
    lines
}

/// What there is to do in the list that is shown.
fn here(state: &State, room: usize, theme: Theme) -> Vec<Line<'static>> {
    let subject = &state.level().subject;
    let title = format!(" Here, in {}", subject.noun());
    let mut lines = vec![Line::styled(title, theme.heading())];
    let mut told = |action: Action, text: &str| {
        let key = state.keymap.first(action);
        lines.extend(explained(&key, text, room, theme));
    };
    told(Action::DrillIn, subject.leads_to());
    if subject.has_artifacts() {
        told(Action::Map, "the artifact's rollout as a map");
        told(Action::Cover, "which images to rebuild first");
    }
    if subject.has_images() {
        told(Action::Rescan, "have the image scanned again");
    }
    if subject.has_hosts() {
        told(Action::Changes, "what changed last on the host");
    }
    if subject.has_images() || subject.has_hosts() {
        told(
            Action::Mark,
            "mark it; on a second one: what the two hold differently",
        );
    }
    told(Action::Filter, &filters(state));
    let letters = subject.columns().iter();
    let letters =
        letters.filter_map(|one| Some(format!("{} {}", one.letter?, one.heading.as_str())));
    let letters: Vec<String> = letters.collect();
    lines.extend(explained(
        "shift",
        &format!("sort by: {}", letters.join(", ")),
        room,
        theme,
    ));
    lines
}

/// What its filter takes.
fn filters(state: &State) -> String {
    let subject = &state.level().subject;
    let word = match subject.has_states() {
        true => "names and states".to_owned(),
        false => subject.word_field().to_string(),
    };
    if subject.fields().is_empty() {
        return "a word looks in ids, CVEs, feed and summary; `kev` leaves what is exploited"
            .to_owned();
    }
    let fields: Vec<&str> = subject.fields().iter().map(|one| one.as_str()).collect();
    format!(
        "a word looks in {word}; terms look in {}",
        fields.join(", ")
    )
}

/// A key and what it does, which goes on below where it is long.
fn explained(keys: &str, help: &str, room: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut keys = format!("   {keys} ");
    worded(help, room.saturating_sub(KEYS + 1).max(16))
        .into_iter()
        .map(|piece| {
            let keys = std::mem::take(&mut keys);
            Line::from(vec![
                Span::styled(fitted(&keys, KEYS), theme.key()),
                Span::raw(piece),
            ])
        })
        .collect()
}
