//! How a question is asked, and what is done with an answer besides showing it.

use proto_types::{FindRequest, FindResponse};

use crate::{
    ask::{
        context::Context,
        doubt::{self, Typed},
    },
    error::Result,
};

/// How a question is asked, and what is done with an answer besides showing it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner<'t> {
    /// Only the counts are wanted.
    pub(super) counts: bool,
    /// The answer carries what it stands for.
    pub(super) evidence: bool,
    /// What was typed, where an empty answer is held against it.
    pub(super) typed: Option<&'t Typed>,
}

impl Manner<'_> {
    /// Asks, and refuses an empty answer to a question that can't have been meant so.
    pub(super) async fn ask(
        self,
        request: &FindRequest,
        context: &Context<'_>,
    ) -> Result<FindResponse> {
        let response = context.ask(request).await?;
        if let Some(typed) = self.typed {
            doubt::check(request, &response, typed, context).await?;
        }
        Ok(response)
    }
}
