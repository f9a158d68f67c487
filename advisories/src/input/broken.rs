//! What makes a whole input unreliable.

use std::io;

/// An input that can't be read to its end: nothing of it should be kept.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It can't be read, or what unpacks it says so.
    #[error("{place}: {error}")]
    Io {
        /// The file, or what the input is called.
        place: String,
        /// What happened.
        error: io::Error,
    },
    /// It ends in the midst of a record or a list.
    #[error("{0} ends in the midst of a record: it is cut off")]
    CutOff(String),
    /// A list of records has something in it after which its rest can't be told apart.
    #[error("{0} holds a list of records that is no JSON")]
    NoList(String),
    /// It lacks the columns that it is read by.
    #[error("{0} has no columns cve, epss and percentile")]
    NoColumns(String),
    /// It is over the bounds of an import.
    #[error("{0} holds more than an import may")]
    TooMuch(String),
    /// Whoever takes the records wants no more.
    #[error("{0}")]
    Stopped(String),
}

impl Broken {
    /// An error of reading.
    pub(crate) fn io(place: &str, error: io::Error) -> Self {
        Self::Io {
            place: place.to_owned(),
            error,
        }
    }
}
