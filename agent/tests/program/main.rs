//! The agent's own program, held to what it promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod clones;
mod commands;
mod databases;
mod environment;
mod full_disk;
mod kept;
mod report;
mod runtimes;
mod scan;
mod scanner;
mod state;
mod support;
mod tries;
mod upload;
mod watch;
