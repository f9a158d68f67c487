//! What was meant, perhaps, where `find` found nothing: a name or a host that is nearly the same.

use proto_types::{Field, FindRequest, FindResponse, Match, Op};

use crate::{
    ask::{context::Context, packages, resolve},
    output::console::Label,
};

/// Says which names of artifacts and of hosts are nearest to those that found nothing.
pub(super) async fn say(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    let wanted = |field: Field| {
        let fits = move |one: &&Match| (one.field, one.op) == (field, Op::Eq);
        request.matches.iter().filter(fits)
    };
    for host in wanted(Field::Host) {
        if let Some(near) = resolve::nearest_host(context, &host.value).await {
            say_one(context, &format!("the host `{near}`"));
        }
    }
    // What once ran is no slip of the finger.
    if response.summary.first_seen.is_some() {
        return;
    }
    for name in wanted(Field::Name) {
        if let Some(near) = packages::nearest(context, request, &name.value).await {
            say_one(context, &format!("`{near}`"));
        }
    }
}

fn say_one(context: &Context<'_>, what: &str) {
    context
        .out
        .say(Label::Hint, &format!("did you mean {what}?"));
}
