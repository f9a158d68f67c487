//! `assetctl tui`: from an artifact to the hosts that run it, without typing a query twice.
//!
//! One [`event`] type on one channel. `update` turns an event into another [`state`] and into
//! [`effect`]s, `view` turns the state into a screen; neither does any I/O. `worker` does all the
//! networking on a thread of its own, and each of its answers carries the number of the request
//! that it answers, so that one to an older request is dropped. `run` ties them to the terminal.

mod answer;
mod ask;
mod clipboard;
mod effect;
mod event;
mod item;
mod judged;
mod keymap;
mod layout;
#[cfg(any(test, feature = "measure"))]
mod measure;
mod options;
mod pace;
mod palette;
mod rollout;
mod run;
mod stack;
mod state;
mod terminal;
mod uncovered;
mod update;
mod view;
mod worker;

#[cfg(test)]
mod tests;

use client::Client;
use jiff::Timestamp;
use proto_types::Match;

pub(crate) use keymap::{manual as keys_of_the_manual, table as key_table};
#[cfg(any(test, feature = "measure"))]
pub use measure::{Latency, input_to_frame};
pub(crate) use options::TuiTable;
pub(crate) use run::Connect;
pub(crate) use state::{Session, State};
pub(crate) use terminal::give_back as give_back_terminal;

use crate::error::Result;

/// Runs the TUI until it is left.
pub(crate) fn run(
    client: Client,
    session: Session,
    table: &TuiTable,
    matches: &[Match],
    at: Option<Timestamp>,
    connect: &Connect<'_>,
) -> Result<()> {
    let (options, keymap) = table.resolve()?;
    let size = terminal::size();
    let mut state = State::new(session, options, keymap, size, Timestamp::now(), at);
    update::start(&mut state, matches)?;
    run::run(client, state, connect)
}
