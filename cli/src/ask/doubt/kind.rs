//! Types of artifacts that no scanner gives.

use model::artifact_type;
use proto_types::{FindRequest, Match, Op};

use super::{asked::finds, host::fits, line};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    words::suggest,
};

/// Refuses a type that is neither known nor found anywhere.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    let name = &one.value;
    let fits_known = || artifact_type::known().iter().any(|known| fits(one, known));
    if one.op == Op::Glob && !fits_known() && !finds(request, vec![one.clone()], context).await? {
        return Err(
            CliError::not_found(format!("no artifact type matches `{name}`"))
                .hint("`assetctl find --group-by type` lists the types"),
        );
    }
    if one.op != Op::Eq
        || artifact_type::is_known(name)
        || finds(request, vec![one.clone()], context).await?
    {
        return Ok(());
    }
    let mut known = artifact_type::known().iter().copied();
    let near = artifact_type::meant(name)
        .or_else(|| suggest::nearest(name, known.clone()))
        .or_else(|| known.find(|one| suggest::is_slip(name, one)));
    let error = CliError::not_found(format!("no artifact has the type `{name}`"));
    Err(match near {
        Some(near) => {
            let line = line::with(request, one, &[&format!("type={near}")]);
            error.hint(format!("did you mean {line}?"))
        }
        None => error.hint("`assetctl find --group-by type` lists the types"),
    })
}
