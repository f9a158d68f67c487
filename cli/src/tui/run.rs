//! The loop: waits for events, lets `update` take them in, hands effects on, draws.

use std::{
    io,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use client::Client;
use jiff::Timestamp;
use ratatui::crossterm::event::{self as terminal_events, Event as TerminalEvent, MouseEventKind};

use super::{
    clipboard,
    effect::Effect,
    event::Event,
    state::{Session, State},
    terminal::{self, Screen, has_panicked},
    update::update,
    view,
    worker::{self, Desk},
};
use crate::error::{CliError, Result};

/// How long nothing may happen before the clock is looked at again.
const IDLE: Duration = Duration::from_secs(1);
/// The same while something is under way and its sign turns.
const BUSY: Duration = Duration::from_millis(80);
/// Rows for one turn of the wheel.
const WHEEL: i64 = 3;
/// Gives a client and a session for another context.
pub(crate) type Connect<'a> = dyn Fn(&str) -> Result<(Client, Session)> + 'a;

/// Who does the work, where that is seen, and how to have it done for another context.
struct Workshop<'a> {
    worker: Desk,
    screen: Screen,
    connect: &'a Connect<'a>,
    events: Sender<Event>,
}

/// Runs until it is left.
pub(crate) fn run(client: Client, mut state: State, connect: &Connect<'_>) -> Result<()> {
    let (sender, events) = channel();
    let mut worker = Workshop {
        worker: worker::start(client, sender.clone())?,
        screen: Screen::take(state.options.wheel).map_err(unusable)?,
        connect,
        events: sender.clone(),
    };
    watch_terminal(sender)?;
    let mut runs = step(&mut state, Event::Tick(Timestamp::now()), &mut worker)?;
    while runs {
        if has_panicked() {
            return Err(CliError::failed("a part of the TUI has ended"));
        }
        let terminal = &mut worker.screen.terminal;
        terminal
            .draw(|frame| view::draw(&state, frame))
            .map_err(unusable)?;
        runs = wait(&mut state, &events, &mut worker)?;
    }
    Ok(())
}

fn unusable(error: io::Error) -> CliError {
    CliError::failed("cannot draw on the terminal").because(error)
}

/// Takes in the next event, and all those that are there already: they share a frame.
fn wait(state: &mut State, events: &Receiver<Event>, worker: &mut Workshop<'_>) -> Result<bool> {
    let patience = if state.waiting_since().is_some() {
        BUSY
    } else {
        IDLE
    };
    let first = match events.recv_timeout(patience) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => return Ok(false),
    };
    // The clock first: what an event begins, it begins now.
    let tick = Event::Tick(Timestamp::now());
    let all = [tick].into_iter().chain(first).chain(events.try_iter());
    for event in all {
        if !step(state, event, worker)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes in one event and hands its effects on; answers whether it goes on.
fn step(state: &mut State, event: Event, worker: &mut Workshop<'_>) -> Result<bool> {
    #[cfg(feature = "tmux")]
    panic_for_test(&event);
    for effect in update(state, event) {
        match effect {
            Effect::Quit => return Ok(false),
            Effect::Suspend => worker.suspend()?,
            Effect::Copy(text) => clipboard::copy(&text, &mut io::stdout()).map_err(unusable)?,
            Effect::Connect(context) => worker.turn_to(&context),
            Effect::Work(work) => {
                // Without its worker the TUI would wait for ever.
                let sent = worker.worker.send(work);
                sent.map_err(|_| CliError::failed("the worker has ended"))?;
            }
        }
    }
    Ok(true)
}

impl Workshop<'_> {
    /// Stops until the shell goes on with it; the terminal may have another size by then.
    fn suspend(&mut self) -> Result<()> {
        self.screen.suspend().map_err(unusable)?;
        let (width, height) = terminal::size();
        // It is this loop that listens.
        let _ = self.events.send(Event::Resize(width, height));
        Ok(())
    }

    /// Has the work done for another context from here on, and tells what came of it.
    fn turn_to(&mut self, context: &str) {
        let connected = (self.connect)(context).and_then(|(client, session)| {
            let worker = worker::start(client, self.events.clone())?;
            Ok((worker, session))
        });
        let told = match connected {
            Ok((worker, session)) => {
                // The one before ends without its desk.
                self.worker = worker;
                Ok(Box::new(session))
            }
            Err(error) => Err(match error.way_out() {
                Some(way_out) => format!("{error}: {way_out}"),
                None => error.to_string(),
            }),
        };
        // It is this loop that listens.
        let _ = self.events.send(Event::Connected(told));
    }
}

/// Panics at the first key where a test wants to see the terminal given back.
#[cfg(feature = "tmux")]
fn panic_for_test(event: &Event) {
    const VARIABLE: &str = "ASSETCTL_TUI_PANIC_FOR_TEST";
    let is_wanted = matches!(event, Event::Key(_)) && std::env::var_os(VARIABLE).is_some();
    assert!(!is_wanted, "a panic for a test ({VARIABLE} is set)");
}

/// Reads the terminal on a thread of its own: reading it blocks.
fn watch_terminal(events: Sender<Event>) -> Result<()> {
    let watcher = thread::Builder::new().name("terminal".to_owned());
    let watching = watcher.spawn(move || {
        while let Ok(event) = terminal_events::read() {
            let Some(event) = translated(event) else {
                continue;
            };
            if events.send(event).is_err() {
                return;
            }
        }
        // The terminal is gone.
        let _ = events.send(Event::Terminate);
    });
    watching
        .map(drop)
        .map_err(|error| CliError::failed("cannot read the terminal").because(error))
}

fn translated(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) => Some(Event::Key(key)),
        TerminalEvent::Paste(text) => Some(Event::Paste(text)),
        TerminalEvent::Resize(width, height) => Some(Event::Resize(width, height)),
        TerminalEvent::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(Event::Wheel(WHEEL)),
            MouseEventKind::ScrollUp => Some(Event::Wheel(-WHEEL)),
            _ => None,
        },
        TerminalEvent::FocusGained | TerminalEvent::FocusLost => None,
    }
}
