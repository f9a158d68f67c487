//! What is said of the advisories that were asked about.

use proto_types::LeftOutAdvisories;

use super::given::Given;
use crate::{
    ask::context::Context,
    output::{console::Label, verdicts},
};

/// What the advisories are called. A vulnerability is called as it was asked for, however many speak of it.
pub(super) fn subject(ids: &[String], advisories: u64, given: &Given) -> String {
    let count = match ids.is_empty() {
        true => advisories,
        false => 1,
    };
    verdicts::subject(count, given.first.as_ref())
}

/// Says what the server did not take.
pub(super) fn say_left_out(left_out: Option<&LeftOutAdvisories>, context: &Context<'_>) {
    for one in left_out.iter().flat_map(|one| &one.items) {
        let line = format!("left out: {}: {}", one.advisory, one.reason);
        context.out.say(Label::Warning, &line);
    }
}
