//! What `update` wants done outside. The loop does what the terminal can do at once; the worker does
//! the rest and answers with an event.

use std::time::Duration;

use proto_types::{FindRequest, ImageDigest};

use super::ask::{AboutAsk, Export, Fetch, Ticket};

/// Something to be done.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Put text into the terminal's clipboard.
    Copy(String),
    /// Ask the server of another context from here on.
    Connect(String),
    /// Stop until the shell goes on with it.
    Suspend,
    /// Leave.
    Quit,
    /// Work for the worker.
    Work(Work),
}

/// What the worker does.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    /// Begin a task; an older one of the same level and slot ends.
    Start(Ticket, Task),
    /// Forget what a level asked for.
    Cancel(u64),
    /// Forget everything that was asked for.
    CancelAll,
}

/// What is done for a ticket, and answered.
#[derive(Debug, Clone)]
pub(crate) enum Task {
    /// Ask for rows.
    Fetch(Box<Fetch>),
    /// Ask how long a list is that nothing filters.
    Total(Box<FindRequest>),
    /// Ask for more about one thing, unless that is needless before so much time is over.
    About(Box<AboutAsk>, Duration),
    /// Ask what is new.
    News,
    /// Have an image scanned again.
    Rescan(ImageDigest),
    /// Write rows to a file.
    Export(Box<Export>),
}

impl Effect {
    /// Begins a task.
    pub(crate) const fn start(ticket: Ticket, task: Task) -> Self {
        Self::Work(Work::Start(ticket, task))
    }
}
