//! The images that the server knows, by their names.

use std::collections::BTreeSet;

use proto_types::{ImageSummary, ListImages};

use crate::{ask::context::Context, error::Result};

/// Every image, however many pages they fill.
pub(crate) async fn all(
    mut request: ListImages,
    context: &Context<'_>,
) -> Result<Vec<ImageSummary>> {
    let mut images = Vec::new();
    request.limit = Some(0);
    loop {
        let page = context.ask(&request).await?;
        images.extend(page.images);
        match page.next_cursor.filter(|_| page.truncated) {
            Some(cursor) => request.cursor = Some(cursor),
            None => return Ok(images),
        }
    }
}

/// Every name that an image runs under or last ran under, in order.
pub(crate) async fn names(context: &Context<'_>) -> Result<Vec<String>> {
    let images = all(ListImages::default(), context).await?;
    let names: BTreeSet<String> = images.into_iter().flat_map(|image| image.names).collect();
    Ok(names.into_iter().collect())
}
