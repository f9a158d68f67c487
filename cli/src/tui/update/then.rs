//! What comes of a key that went to a line or to something over the list.

use crate::tui::{effect::Effect, keymap::Action, palette::Jump};

/// What comes of a key.
pub(super) enum Then {
    /// It is dealt with; this has to be done outside.
    Done(Vec<Effect>),
    /// An action of the list is what it means.
    Act(Action),
    /// Somewhere to go.
    Go(Jump),
}

impl Then {
    /// It is dealt with, and nothing has to be done outside.
    pub(super) const fn nothing() -> Self {
        Self::Done(Vec::new())
    }
}
