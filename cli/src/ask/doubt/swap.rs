//! The same question with one of its terms replaced.

use proto_types::{FindRequest, Match};

/// The matches of a request with others in place of one.
pub(super) fn swapped(request: &FindRequest, old: &Match, new: &[Match]) -> Vec<Match> {
    let swap = |one: &Match| match one == old {
        true => new.to_vec(),
        false => vec![one.clone()],
    };
    request.matches.iter().flat_map(swap).collect()
}
