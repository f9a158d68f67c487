//! Versions that are written otherwise than those that run: `3.0.9` for `1:3.0.9-1~deb12u1`.

mod bounds;
mod exact;
mod running;

use proto_types::{Field, FindRequest, Match, Op};

use self::bounds::Otherwise;
pub(super) use self::{
    exact::{any_longer, as_old, longer, pattern},
    running::{named, versions},
};
use super::typed::Typed;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    output::console::Label,
};

/// The fields that hold versions.
const FIELDS: [Field; 3] = [Field::Version, Field::SourceVersion, Field::DistroVersion];

/// Refuses versions that nothing fits, where something does once they are written as it is. Bounds may be meant
/// as they are typed, since an epoch does count: of these it is said.
pub(super) async fn check(
    request: &FindRequest,
    typed: &Typed,
    context: &Context<'_>,
) -> Result<()> {
    for field in FIELDS {
        let of_field: Vec<&Match> = typed
            .terms
            .iter()
            .filter(|one| one.field == field)
            .collect();
        for &one in &of_field {
            if matches!(one.op, Op::Eq | Op::Glob) && !one.value.is_empty() {
                exact::check(request, one, context).await?;
            }
        }
        let orders = of_field.into_iter().filter(|one| one.op.is_ordering());
        let orders: Vec<Match> = orders.cloned().collect();
        let otherwise = match orders.is_empty() {
            true => None,
            false => bounds::otherwise(request, &orders, context).await?,
        };
        if let Some(otherwise) = otherwise {
            doubt(otherwise, typed, context)?;
        }
    }
    Ok(())
}

/// Says that something else may be meant, with the line for that.
fn doubt(Otherwise { what, line }: Otherwise, typed: &Typed, context: &Context<'_>) -> Result<()> {
    if typed.is_watched {
        return Err(CliError::not_found(what).hint(line));
    }
    typed.doubt();
    context.out.say(Label::Warning, &what);
    if !context.out.quiet {
        context.out.say(Label::Hint, &line);
    }
    Ok(())
}
