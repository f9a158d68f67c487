//! Everything that may happen to the TUI: keys, the clock, answers, signals, in one type on one channel.

use jiff::Timestamp;
use ratatui::crossterm::event::KeyEvent;

use super::{
    answer::{About, News, Problem, RowsAnswer},
    ask::Ticket,
    state::Session,
};

/// Something that happened.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The wheel was turned by so many rows, down being positive.
    Wheel(i64),
    /// The terminal has another size now.
    Resize(u16, u16),
    /// It is this late now.
    Tick(Timestamp),
    /// The worker has an answer, or knows why there is none.
    Answer(Ticket, Result<Answer, Problem>),
    /// Another server is asked from here on, or the sentence why it can't be.
    Connected(Result<Box<Session>, String>),
    /// Someone else ends the program.
    Terminate,
}

/// What the worker answers.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// Rows of a list.
    Rows(Box<RowsAnswer>),
    /// How long a list is that nothing filters.
    Total(u64),
    /// More about one thing.
    About(Box<About>),
    /// What is new.
    News(Box<News>),
    /// An image will be scanned again.
    WillBeScanned,
    /// A file was written: how many rows, and where.
    Exported { rows: u64, path: String },
}
