//! Digests that no image has.

use proto_types::{FindRequest, ListImages, Match, Op};

use super::asked::finds;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a digest that no image has.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    let digits = one.value.strip_prefix("sha256:").unwrap_or(&one.value);
    if !matches!(one.op, Op::Eq | Op::Prefix) || finds(request, vec![one.clone()], context).await? {
        return Ok(());
    }
    let beginning = ListImages {
        digest_prefix: Some(digits.to_lowercase()),
        limit: Some(1),
        ..ListImages::default()
    };
    match context.ask(&beginning).await?.total {
        0 => Err(
            CliError::not_found(format!("no image has the digest `{}`", one.value))
                .hint("`assetctl images` lists the images"),
        ),
        _ => Ok(()),
    }
}
