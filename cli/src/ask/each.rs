//! Answers of any number of rows, each shown as it comes.

use client::Lines;
use serde::de::DeserializeOwned;

use super::context::Context;
use crate::{error::Result, output::Listed};

/// Shows every row that an answer has; how many. Whether they can be shown as is wanted is looked at before
/// anything is asked.
pub(crate) async fn shown<T: Listed + DeserializeOwned>(
    asked: impl Future<Output = client::Result<Lines<T>>>,
    context: &Context<'_>,
) -> Result<u64> {
    let view = &context.out.view;
    let mut sink = context.out.sink::<T>()?;
    let mut lines = asked.await?;
    let mut shown = 0;
    while let Some(row) = lines.next().await? {
        sink.push(&row, view)?;
        shown += 1;
    }
    sink.finish()?;
    Ok(shown)
}
