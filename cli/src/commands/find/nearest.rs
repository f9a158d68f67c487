//! What was meant, perhaps, where `find` found nothing: a name that is nearly the same.

use proto_types::{Field, FindRequest, FindResponse, Match, Op};

use crate::{
    ask::{context::Context, doubt, packages},
    output::console::Label,
};

/// Says which names of artifacts are nearest to those that found nothing.
pub(super) async fn say(request: &FindRequest, response: &FindResponse, context: &Context<'_>) {
    let wanted = |field: Field| {
        let fits = move |one: &&Match| (one.field, one.op) == (field, Op::Eq);
        request.matches.iter().filter(fits)
    };
    // What once ran is no slip of the finger.
    if response.summary.first_seen.is_some() {
        return;
    }
    for name in wanted(Field::Name) {
        let written = doubt::in_other_writing(request, &name.value, context).await;
        let near = match written.ok().flatten() {
            Some(other) => Some(other),
            None => packages::nearest(&context.client, request, &name.value).await,
        };
        if let Some(near) = near {
            say_one(context, &format!("`{near}`"));
        }
    }
}

fn say_one(context: &Context<'_>, what: &str) {
    context
        .out
        .say(Label::Hint, &format!("did you mean {what}?"));
}
