//! Lists of any length: asked for page by page, shown as one.

use proto_types::{
    AdvisoriesResponse, AdvisorySummary, AffectedRequest, AffectedResponse, AffectedResult,
    AffectingAdvisory, AffectingResponse, Change, ChangesResponse, ContainersResponse, Endpoint,
    ExposureRequest, ExposureResponse, FindRequest, FindResponse, FindResult, HostExposure,
    ImageSummary, ImagesResponse, ListAdvisories, ListAffecting, ListChanges, ListContainers,
    ListImages, RunningContainer,
};

use super::context::{Context, count};
use crate::{
    error::{CliError, Result},
    output::{Format, Listed},
};

/// A question that the server answers with a list in pages.
pub(crate) trait Paged: Endpoint + Clone {
    /// What it lists.
    type Row: Listed + Clone;
    /// What the answer calls its rows.
    const ROWS: &'static str;

    /// The rows of a page.
    fn rows(page: &Self::Response) -> &[Self::Row];
    /// Whether there are more rows than these.
    fn truncated(page: &Self::Response) -> bool;
    /// Where the next page begins, where there is one.
    fn next(page: &Self::Response) -> Option<&str>;
    /// The question for the page that begins there.
    fn behind(&self, cursor: &str) -> Self;
    /// Whether every page is wanted.
    fn wants_all(&self) -> bool;
}

macro_rules! paged {
    ($request:ty, $response:ty, $row:ty, $name:literal, $rows:expr) => {
        impl Paged for $request {
            type Row = $row;
            const ROWS: &'static str = $name;

            fn rows(page: &$response) -> &[$row] {
                let rows: fn(&$response) -> &[$row] = $rows;
                rows(page)
            }
            fn truncated(page: &$response) -> bool {
                page.truncated
            }
            fn next(page: &$response) -> Option<&str> {
                page.next_cursor.as_deref().filter(|_| page.truncated)
            }
            fn behind(&self, cursor: &str) -> Self {
                Self {
                    cursor: Some(cursor.to_owned()),
                    ..self.clone()
                }
            }
            fn wants_all(&self) -> bool {
                self.limit == Some(0)
            }
        }
    };
}

paged!(
    ListContainers,
    ContainersResponse,
    RunningContainer,
    "containers",
    |page| &page.containers
);
paged!(ListImages, ImagesResponse, ImageSummary, "images", |page| {
    &page.images
});
paged!(ListChanges, ChangesResponse, Change, "changes", |page| {
    &page.changes
});
paged!(
    ListAdvisories,
    AdvisoriesResponse,
    AdvisorySummary,
    "advisories",
    |page| &page.advisories
);
paged!(
    ListAffecting,
    AffectingResponse,
    AffectingAdvisory,
    "advisories",
    |page| &page.advisories
);
paged!(FindRequest, FindResponse, FindResult, "results", |page| {
    page.results.as_deref().unwrap_or_default()
});
paged!(
    AffectedRequest,
    AffectedResponse,
    AffectedResult,
    "results",
    |page| page.results.as_deref().unwrap_or_default()
);
paged!(
    ExposureRequest,
    ExposureResponse,
    HostExposure,
    "results",
    |page| page.results.as_deref().unwrap_or_default()
);

/// What was shown of a list.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shown {
    /// How many rows.
    pub(crate) rows: u64,
    /// Whether there are more behind them.
    pub(crate) truncated: bool,
}

/// Shows a list whose first page is there already: all of it where all is wanted, however many
/// pages that takes, and only one of them is held at a time where the format allows.
pub(crate) async fn shown<P: Paged>(
    request: &P,
    first: &P::Response,
    context: &Context<'_>,
) -> Result<Shown> {
    let (out, rows) = (context.out, P::rows(first));
    let next = P::next(first);
    let Some(next) = next.filter(|_| request.wants_all() && !out.quiet) else {
        out.list(first, rows)?;
        let (rows, truncated) = (count(rows), P::truncated(first));
        return Ok(Shown { rows, truncated });
    };
    let rows = match out.format {
        Format::Table | Format::Wide => table(request, next, first, context).await?,
        Format::Json => json(request, next, first, context).await?,
        Format::Ndjson | Format::Csv | Format::Name => lines(request, next, first, context).await?,
    };
    let truncated = false;
    Ok(Shown { rows, truncated })
}

/// The page that begins at a cursor, and where the one behind it does, where there is one.
async fn page<P: Paged>(
    request: &P,
    cursor: &str,
    context: &Context<'_>,
) -> Result<(P::Response, Option<String>)> {
    let page = context.ask(&request.behind(cursor)).await?;
    let next = P::next(&page).map(str::to_owned);
    // A server that leads nowhere would be asked for ever.
    match next.as_deref() == Some(cursor) {
        true => Err(CliError::failed("the server keeps sending the same page")),
        false => Ok((page, next)),
    }
}

/// A column is as wide as its widest cell: all rows are needed before the first is written.
async fn table<P: Paged>(
    request: &P,
    next: &str,
    first: &P::Response,
    context: &Context<'_>,
) -> Result<u64> {
    let (mut rows, mut next) = (P::rows(first).to_vec(), Some(next.to_owned()));
    while let Some(cursor) = next {
        let (page, behind) = page(request, &cursor, context).await?;
        rows.extend_from_slice(P::rows(&page));
        next = behind;
    }
    context.out.list(first, &rows)?;
    Ok(count(&rows))
}

async fn json<P: Paged>(
    request: &P,
    next: &str,
    first: &P::Response,
    context: &Context<'_>,
) -> Result<u64> {
    let mut document = context.out.document(first, P::ROWS)?;
    let (mut shown, mut next) = (count(P::rows(first)), Some(next.to_owned()));
    document.extend(P::rows(first))?;
    while let Some(cursor) = next {
        let (page, behind) = page(request, &cursor, context).await?;
        document.extend(P::rows(&page))?;
        shown += count(P::rows(&page));
        next = behind;
    }
    document.finish()?;
    Ok(shown)
}

async fn lines<P: Paged>(
    request: &P,
    next: &str,
    first: &P::Response,
    context: &Context<'_>,
) -> Result<u64> {
    let view = &context.out.view;
    let mut sink = context.out.sink::<P::Row>()?;
    let (mut shown, mut next) = (count(P::rows(first)), Some(next.to_owned()));
    for row in P::rows(first) {
        sink.push(row, view)?;
    }
    while let Some(cursor) = next {
        let (page, behind) = page(request, &cursor, context).await?;
        for row in P::rows(&page) {
            sink.push(row, view)?;
        }
        shown += count(P::rows(&page));
        next = behind;
    }
    sink.finish()?;
    Ok(shown)
}
