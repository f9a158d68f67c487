//! fish: takes the words up to the cursor, the last as it was typed, and writes a value and what it
//! means on a line, between them a tab.

use clap::Command;

use super::{
    candidates::{Candidate, candidates},
    split::split,
};

/// A line for each candidate.
pub(super) fn answer(words: &[String], program: Command) -> String {
    let Some((typed, before)) = words.split_last() else {
        return String::new();
    };
    // fish takes off the quotes of the words before, not of the last.
    let last = split(typed, "").words.concat();
    let words: Vec<String> = before.iter().cloned().chain([last]).collect();
    candidates(&words, program).iter().map(line).collect()
}

fn line(candidate: &Candidate) -> String {
    match &candidate.help {
        Some(help) => format!("{}\t{help}\n", candidate.value),
        None => format!("{}\n", candidate.value),
    }
}
