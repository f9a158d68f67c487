//! All rows of an exposure, page by page, each of the same commit as the first: evidence must agree with itself.

use proto_types::{ExposureRequest, HostExposure};

use crate::{
    ask::context::{Context, count},
    error::Result,
};

/// Shows every row; how many.
pub(super) async fn in_pages(request: &ExposureRequest, context: &Context<'_>) -> Result<u64> {
    let view = &context.out.view;
    let mut sink = context.out.sink::<HostExposure>()?;
    let mut request = request.clone();
    let mut shown = 0;
    loop {
        let page = context.ask(&request).await?;
        let rows = page.results.unwrap_or_default();
        for row in &rows {
            sink.push(row, view)?;
        }
        shown += count(&rows);
        match page.next_cursor {
            Some(cursor) => request.cursor = Some(cursor),
            None => break,
        }
    }
    sink.finish()?;
    Ok(shown)
}
