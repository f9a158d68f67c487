//! States as words, each with how good it is.

use proto_types::{HostState, ImageState, Opinion};

use crate::output::row::{Cell, Tone};

/// A host's state, with how good that is.
pub(crate) const fn host_state(state: HostState) -> Cell {
    let tone = match state {
        HostState::Pending => Tone::Neutral,
        HostState::Reporting => Tone::Good,
        HostState::Incomplete => Tone::Doubtful,
        HostState::Silent | HostState::Cloned => Tone::Bad,
    };
    Cell::Word(state.as_str(), tone)
}

/// An image's state, with how good that is.
pub(crate) const fn image_state(state: ImageState) -> Cell {
    let tone = match state {
        ImageState::Complete => Tone::Good,
        ImageState::Partial | ImageState::Unscanned => Tone::Doubtful,
        ImageState::Quarantined => Tone::Bad,
    };
    Cell::Word(state.as_str(), tone)
}

/// What other hosts say of an image's SBOM, with how good that is.
pub(crate) const fn opinion(opinion: Opinion) -> Cell {
    let tone = match opinion {
        Opinion::Confirmed => Tone::Good,
        Opinion::Unconfirmed => Tone::Neutral,
        Opinion::Differs => Tone::Doubtful,
        Opinion::Conflict => Tone::Bad,
    };
    Cell::Word(opinion.as_str(), tone)
}
