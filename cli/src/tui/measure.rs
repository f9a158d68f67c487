//! How long it takes from a key to its frame, over a view with many rows behind it.
//!
//! The `tui_latency` example prints these figures; docs/TUI.md has them.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use jiff::{Timestamp, tz::TimeZone};
use proto_types::{Coverage, FindRequest, Group, GroupBy};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

use super::{
    answer::RowsAnswer,
    ask::{Ask, Fetch},
    effect::{Effect, Task, Work},
    event::{Answer, Event},
    item::Item,
    options::TuiTable,
    state::{Rows, Session, State},
    update::update,
    view,
};

/// What was measured.
#[derive(Debug)]
pub struct Latency {
    /// How many rows were behind the view.
    pub rows: u64,
    /// The most rows that were held at any time.
    pub most_held: usize,
    /// From each key to its frame, ordered.
    pub frames: Vec<Duration>,
    /// From nothing to the first frame.
    pub first_frame: Duration,
}

/// Presses keys over a list of so many rows, and takes the time from each to its frame.
///
/// # Errors
/// The terminal in memory can't be drawn on.
pub fn input_to_frame(rows: u64) -> Result<Latency, Box<dyn Error>> {
    let mut terminal = Terminal::new(TestBackend::new(250, 60))?;
    let begin = Instant::now();
    let mut state = state()?;
    let effects = update(&mut state, Event::Tick(Timestamp::UNIX_EPOCH));
    terminal.draw(|frame| view::draw(&state, frame))?;
    let first_frame = begin.elapsed();
    answer_all(&mut state, effects, rows);
    let (mut frames, mut most_held) = (Vec::new(), 0);
    for key in keys() {
        let pressed = Event::Key(KeyEvent::new(key, KeyModifiers::NONE));
        let begin = Instant::now();
        let effects = update(&mut state, pressed);
        terminal.draw(|frame| view::draw(&state, frame))?;
        frames.push(begin.elapsed());
        // The answers come in by and by; a frame with one of them has to be as quick.
        for effect in effects {
            let begin = Instant::now();
            let more = answer_one(&mut state, effect, rows);
            terminal.draw(|frame| view::draw(&state, frame))?;
            frames.push(begin.elapsed());
            answer_all(&mut state, more, rows);
        }
        if let Some(Rows::Paged(paged)) = &state.level().rows {
            most_held = most_held.max(paged.held().count());
        }
    }
    frames.sort();
    Ok(Latency {
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
    let (size, now) = ((250, 60), Timestamp::UNIX_EPOCH);
    Ok(State::new(session, options, keymap, size, now, None))
}

/// Down through some pages, to the end, up again, and a filter typed and taken away.
fn keys() -> Vec<KeyCode> {
    let mut keys = vec![KeyCode::Down; 200];
    keys.extend([KeyCode::PageDown; 200]);
    keys.push(KeyCode::End);
    keys.extend([KeyCode::PageUp; 200]);
    keys.extend([KeyCode::Home, KeyCode::End, KeyCode::Char('/')]);
    keys.extend("artifact-1".chars().map(KeyCode::Char));
    keys.extend([KeyCode::Backspace; 4]);
    keys.push(KeyCode::Esc);
    keys.extend([KeyCode::Char('?'), KeyCode::Down, KeyCode::Esc]);
    keys
}

fn answer_all(state: &mut State, effects: Vec<Effect>, rows: u64) {
    let mut waiting = effects;
    while let Some(effect) = waiting.pop() {
        waiting.extend(answer_one(state, effect, rows));
    }
}

fn answer_one(state: &mut State, effect: Effect, rows: u64) -> Vec<Effect> {
    match effect {
        Effect::Work(Work::Start(ticket, Task::Fetch(fetch))) => {
            let answer = Answer::Rows(Box::new(page(&fetch, rows)));
            update(state, Event::Answer(ticket, Ok(answer)))
        }
        _ => Vec::new(),
    }
}

/// One page of a list of so many artifacts, as the server would answer it.
pub(super) fn page(fetch: &Fetch, rows: u64) -> RowsAnswer {
    let request = match &fetch.ask {
        Ask::Find(request) => request.clone(),
        _ => FindRequest::default(),
    };
    let next = (fetch.from + request.limit.unwrap_or(100)).min(rows);
    let items = (fetch.from..next).filter(|_| fetch.keep).map(artifact);
    RowsAnswer {
        from: fetch.from,
        items: items.collect(),
        next,
        next_cursor: (next < rows).then(|| next.to_string()),
        total: rows,
        summary: None,
        headline: Vec::new(),
        as_of: Timestamp::UNIX_EPOCH,
        coverage: model::proof::judged(Coverage {
            hosts: 2_000,
            running_images: 400,
            ..Coverage::default()
        }),
    }
}

fn artifact(row: u64) -> Item {
    let group = Group {
        key: format!("artifact-{row:06}"),
        label: None,
        artifacts: 1 + row % 7,
        images: 1 + row % 40,
        containers: 1 + row % 9_000,
        hosts: 1 + row % 2_000,
    };
    Item::Group(GroupBy::Name, group)
}
