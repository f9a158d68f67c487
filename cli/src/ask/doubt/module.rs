//! Labels of rpm modules that are written by their beginning: `nodejs:18`.

use proto_types::{FindRequest, Match, Op};

use super::{asked::finds, line, swap::swapped};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a label that nothing has, where something has one that begins with it.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if one.op != Op::Eq || one.value.is_empty() {
        return Ok(());
    }
    let longer = Match {
        op: Op::Prefix,
        ..one.clone()
    };
    if !finds(request, swapped(request, one, &[longer]), context).await? {
        return Ok(());
    }
    let line = line::with(request, one, &[&format!("module={}*", one.value)]);
    Err(
        CliError::not_found(format!("no module has exactly the label `{}`", one.value))
            .hint(format!("did you mean {line}?")),
    )
}
