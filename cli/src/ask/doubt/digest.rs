//! Digests that no image has.

use proto_types::{FindRequest, ListImages, Match, Op};

use super::asked::finds;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a digest that no image has.
pub(super) async fn check(request: &FindRequest, one: &Match, context: &Context<'_>) -> Result<()> {
    if !matches!(one.op, Op::Eq | Op::Prefix) || finds(request, vec![one.clone()], context).await? {
        return Ok(());
    }
    check_known(&one.value, context).await
}

/// Refuses a digest, or the beginning of one, that no image has.
pub(crate) async fn check_known(digest: &str, context: &Context<'_>) -> Result<()> {
    let digits = digest.strip_prefix("sha256:").unwrap_or(digest);
    let beginning = ListImages {
        digest_prefix: Some(digits.to_lowercase()),
        limit: Some(1),
        ..ListImages::default()
    };
    match context.ask(&beginning).await?.total {
        0 => Err(
            CliError::not_found(format!("no image has the digest `{digest}`"))
                .hint("`assetctl images` lists the images"),
        ),
        _ => Ok(()),
    }
}
