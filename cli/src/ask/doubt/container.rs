//! Names of containers that nothing ever ran under.

use proto_types::{During, FindRequest, FindResponse, Match, Timestamp};

use super::asked::finds;
use crate::{
    ask::context::Context,
    error::{CliError, Result},
};

/// Refuses a name that no container ever had; containers come and go.
pub(super) async fn check(
    request: &FindRequest,
    response: &FindResponse,
    one: &Match,
    context: &Context<'_>,
) -> Result<()> {
    let ever = FindRequest {
        at: None,
        during: Some(During {
            from: Timestamp::UNIX_EPOCH,
            to: response.as_of,
        }),
        ..FindRequest::default()
    };
    if finds(request, vec![one.clone()], context).await?
        || finds(&ever, vec![one.clone()], context).await?
    {
        return Ok(());
    }
    Err(
        CliError::not_found(format!("no container was ever named `{}`", one.value))
            .hint("`assetctl containers` lists what runs"),
    )
}
