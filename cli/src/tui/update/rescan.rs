//! Having the selected row's image scanned again.

use super::fetch;
use crate::tui::{
    ask::Slot,
    effect::{Effect, Task},
    state::{Notice, State},
};

/// Asks the server to have the selected image scanned again.
pub(super) fn ask(state: &mut State) -> Vec<Effect> {
    let level = state.level();
    let Some(item) = level.selected() else {
        return Vec::new();
    };
    let Some(digest) = item.digest() else {
        let sorry = "only images are scanned; this is none".to_owned();
        state.notice = Some(Notice::Refused(sorry));
        return Vec::new();
    };
    let ticket = fetch::ticket(state, Slot::Rescan);
    vec![Effect::start(ticket, Task::Rescan(digest))]
}

/// It will be scanned: the list may say so already.
pub(super) fn done(state: &mut State, level: u64) {
    if let Some(level) = state.find_level(level) {
        level.outdated = true;
    }
    let told = "the next host that runs it and reports will be asked to scan it";
    state.notice = Some(Notice::Done(told.to_owned()));
}
