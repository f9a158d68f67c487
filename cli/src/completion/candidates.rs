//! What may stand in the place of the last word.

use std::ffi::OsString;

use clap::Command;
use model::shown::escaped;

use super::typed;

/// What may stand in a word's place.
pub(super) struct Candidate {
    /// The whole word.
    pub(super) value: String,
    /// What it means, on one line, where that is known.
    pub(super) help: Option<String>,
}

/// What may stand in the place of the last of these words, of which the first is the program's name.
pub(super) fn candidates(words: &[String], mut program: Command) -> Vec<Candidate> {
    typed::remember(words);
    let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else {
        return Vec::new();
    };
    let all = words.iter().map(OsString::from).collect();
    let here = std::env::current_dir().ok();
    let found = clap_complete::engine::complete(&mut program, all, last, here.as_deref());
    let found = found.unwrap_or_default().into_iter().map(|one| Candidate {
        value: one.get_value().to_string_lossy().into_owned(),
        help: one
            .get_help()
            .and_then(|help| help.to_string().lines().next().map(str::to_owned)),
    });
    // A name that can't be shown as it is can't be typed either.
    let mut found: Vec<_> = found
        .filter(|one| escaped(&one.value) == one.value.as_str())
        .collect();
    // Options would bury the values; a dash brings them.
    if words[last].is_empty() && found.iter().any(|one| !one.is_option()) {
        found.retain(|one| !one.is_option());
    }
    found
}

impl Candidate {
    fn is_option(&self) -> bool {
        self.value.starts_with('-')
    }

    /// Whether more of the same word is to follow: `host=`, `host:`, a folder.
    pub(super) fn goes_on(&self) -> bool {
        self.value.ends_with(['=', ':', '/'])
    }
}
