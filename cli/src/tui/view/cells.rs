//! How the cells of a list become text on the screen.

use crate::{
    output::{View, time::Times},
    tui::state::State,
};

/// Digests cut to what people read, times as seen from now.
pub(super) fn cells_view(state: &State) -> View {
    View {
        short_digests: true,
        times: Times::new(state.now, true, state.session.zone.clone()),
        ..View::plain(state.now)
    }
}
