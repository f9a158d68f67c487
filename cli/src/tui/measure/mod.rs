//! How long it takes from a key to its frame, over views with many rows behind them.
//!
//! The `tui_latency` example prints these figures; docs/TUI.md has them.

mod rows;

use std::{
    error::Error,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

#[cfg(test)]
pub(super) use rows::page;

use super::{
    effect::{Effect, Work},
    event::Event,
    options::TuiTable,
    state::{Session, State},
    update::update,
    view,
};

/// A screen with as much on it as an operator's.
const SIZE: (u16, u16) = (250, 60);

/// What was measured.
#[derive(Debug)]
pub struct Latency {
    /// What was looked at.
    pub view: &'static str,
    /// How many rows the server has of everything.
    pub rows: u64,
    /// The most rows that were held at any time.
    pub most_held: usize,
    /// From each key to its frame, and from each answer to its, ordered.
    pub frames: Vec<Duration>,
    /// From nothing to the first frame.
    pub first_frame: Duration,
}

/// A view: what it is called, the keys that lead to it, and those that are pressed in it.
struct View {
    name: &'static str,
    way: &'static [KeyCode],
    keys: Vec<KeyCode>,
}

/// Presses keys in every kind of view, with so many rows behind each, and takes the time from each key to its frame.
///
/// # Errors
/// The terminal in memory can't be drawn on.
pub fn input_to_frame(rows: u64) -> impl Iterator<Item = Result<Latency, Box<dyn Error>>> {
    let views = views().into_iter();
    views.map(move |view| measured(&view, rows))
}

fn views() -> [View; 4] {
    use KeyCode::{Char, Enter};
    [
        View {
            name: "artifacts",
            way: &[],
            keys: through("artifact-1", &[]),
        },
        View {
            name: "versions under their chart",
            way: &[Enter],
            keys: through("3.0.1", &[]),
        },
        View {
            name: "map",
            way: &[Enter, Char('m')],
            keys: through("host-01", &[Char('m'), Char('m')]),
        },
        View {
            name: "advisories",
            way: &[Char('6')],
            keys: through("cve-2026-1", &[Char('H'), Char('K'), Char('s')]),
        },
    ]
}

fn measured(view: &View, rows: u64) -> Result<Latency, Box<dyn Error>> {
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1))?;
    let begin = Instant::now();
    let mut state = state()?;
    let effects = update(&mut state, Event::Tick(Timestamp::UNIX_EPOCH));
    terminal.draw(|frame| view::draw(&state, frame))?;
    let first_frame = begin.elapsed();
    answer_all(&mut state, effects, rows);
    let (mut frames, mut most_held) = (Vec::new(), 0);
    for key in view.way.iter().chain(&view.keys) {
        let pressed = Event::Key(KeyEvent::new(*key, KeyModifiers::NONE));
        let begin = Instant::now();
        let effects = update(&mut state, pressed);
        terminal.draw(|frame| view::draw(&state, frame))?;
        frames.push(begin.elapsed());
        // The answers come in by and by; a frame with one of them has to be as quick.
        for event in effects.into_iter().filter_map(|one| answered(one, rows)) {
            let begin = Instant::now();
            let more = update(&mut state, event);
            terminal.draw(|frame| view::draw(&state, frame))?;
            frames.push(begin.elapsed());
            answer_all(&mut state, more, rows);
        }
        let held = state.level().rows.as_ref().map(|rows| rows.held().count());
        most_held = most_held.max(held.unwrap_or(0));
    }
    frames.sort();
    Ok(Latency {
        view: view.name,
        rows,
        most_held,
        frames,
        first_frame,
    })
}

fn state() -> Result<State, Box<dyn Error>> {
    let resolved = TuiTable::default().resolve();
    let (options, keymap) = resolved.map_err(|error| error.to_string())?;
    let session = Session {
        server: "http://127.0.0.1:8420".to_owned(),
        context: None,
        contexts: Vec::new(),
        connection: Vec::new(),
        zone: TimeZone::UTC,
        color: true,
    };
    let (size, now) = (SIZE, Timestamp::UNIX_EPOCH);
    Ok(State::new(session, options, keymap, size, now, None))
}

/// Down through some pages, to the end, up again, and a filter typed and taken away; some keys of the view's own.
fn through(filter: &str, own: &[KeyCode]) -> Vec<KeyCode> {
    let mut keys = vec![KeyCode::Down; 200];
    keys.extend([KeyCode::PageDown; 200]);
    keys.push(KeyCode::End);
    keys.extend([KeyCode::PageUp; 200]);
    keys.extend([KeyCode::Home, KeyCode::End, KeyCode::Char('/')]);
    keys.extend(filter.chars().map(KeyCode::Char));
    keys.extend([KeyCode::Backspace; 4]);
    keys.push(KeyCode::Esc);
    keys.extend(own);
    keys.extend([KeyCode::Char('?'), KeyCode::Down, KeyCode::Esc]);
    keys
}

fn answer_all(state: &mut State, effects: Vec<Effect>, rows: u64) {
    let mut waiting = effects;
    while let Some(effect) = waiting.pop() {
        if let Some(event) = answered(effect, rows) {
            waiting.extend(update(state, event));
        }
    }
}

/// The answer to what is wanted, as it comes in.
fn answered(effect: Effect, rows: u64) -> Option<Event> {
    match effect {
        Effect::Work(Work::Start(ticket, task)) => {
            Some(Event::Answer(ticket, Ok(rows::answer(&task, rows)?)))
        }
        _ => None,
    }
}
