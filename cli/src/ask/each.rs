//! Answers of any number of rows, each shown as it comes.

use client::{ClientError, Lines};
use serde::de::DeserializeOwned;

use super::context::Context;
use crate::{
    error::{CliError, Result},
    output::{Listed, number::counted},
};

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
    while let Some(row) = lines.next().await.map_err(|error| broken(error, shown))? {
        sink.push(&row, view)?;
        shown += 1;
    }
    sink.finish()?;
    Ok(shown)
}

/// The error of an answer that has begun: it isn't that there is none.
fn broken(error: ClientError, shown: u64) -> CliError {
    let is_gone = matches!(error, ClientError::Unreachable { .. });
    let error = CliError::from(error);
    match is_gone && shown > 0 {
        true => error.instead(format!(
            "the answer ended early, after {}",
            counted(shown, "row")
        )),
        false => error,
    }
}
