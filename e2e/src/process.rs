//! Starting programs, and waiting for what they do.

use std::{
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

/// How long to leave between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Runs a command to its end and answers what it printed.
///
/// # Panics
/// It doesn't start or it fails; then with what it said.
pub fn run(command: &mut Command) -> String {
    let output = output(command);
    assert!(
        output.status.success(),
        "{command:?} ended with {}:\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The same for one that may fail.
pub(crate) fn output(command: &mut Command) -> Output {
    match command.output() {
        Ok(output) => output,
        Err(error) => panic!("{command:?} does not start: {error}"),
    }
}

/// The same command started by another program, which takes a program and its arguments last.
pub fn by_way_of(mut other: Command, command: &Command) -> Command {
    other.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => other.env(name, value),
            None => other.env_remove(name),
        };
    }
    other
}

/// Waits until something holds.
///
/// # Panics
/// It doesn't within `limit`.
pub fn wait_until(what: &str, limit: Duration, holds: impl FnMut() -> bool) {
    assert!(
        holds_within(limit, holds),
        "waited {limit:?} in vain until {what}"
    );
}

/// Waits until something holds, and says whether it does within `limit`.
pub(crate) fn holds_within(limit: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    while !holds() {
        if began.elapsed() >= limit {
            return false;
        }
        thread::sleep(PAUSE);
    }
    true
}
