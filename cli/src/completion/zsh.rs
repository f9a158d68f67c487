//! zsh: takes the words up to the cursor, and writes what `_describe` reads.

use clap::Command;

use super::candidates::{Candidate, candidates};

/// A line for each candidate: whether more follows, the value, and what it means.
pub(super) fn answer(words: &[String], program: Command) -> String {
    candidates(words, program).iter().map(line).collect()
}

fn line(candidate: &Candidate) -> String {
    let written = |text: &str| text.replace('\\', "\\\\").replace(':', "\\:");
    let sign = if candidate.goes_on() { '>' } else { ' ' };
    let value = written(&candidate.value);
    match &candidate.help {
        Some(help) => format!("{sign}{value}:{}\n", help.replace('\\', "\\\\")),
        None => format!("{sign}{value}\n"),
    }
}
