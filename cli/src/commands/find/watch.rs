//! `find --watch`: an answer of `find`, again and again.

use model::proof;
use proto_types::{FindRequest, FindResponse, FindResult};

use super::{
    args::FindArgs,
    listed::{self, count_only},
    manner::Manner,
};
use crate::{
    ask::{
        context::Context,
        watch::{self, CameAndWent, Round, Watch, Watched, Way},
    },
    error::Result,
    exit::Exit,
    output::{console::Label, coverage, summary},
};

/// Asks again and again, as the arguments say.
pub(super) async fn run(
    watch: Watch,
    request: FindRequest,
    manner: Manner<'_>,
    context: &Context<'_>,
) -> Result<Exit> {
    let are_counts = request.group_by.is_some() || request.cover || manner.counts;
    let mut watched = Asked {
        way: watch::way(context.out, are_counts)?,
        request,
        manner,
        context,
        known: CameAndWent::default(),
    };
    watch.run(&mut watched, context.out).await
}

/// What the arguments say, where they say to watch.
pub(super) fn from_args(args: &FindArgs, context: &Context<'_>) -> Result<Option<Watch>> {
    let every = args.watch.as_deref();
    let watch = every.map(|every| Watch::new(every, args.exit_when_empty, &context.out.now));
    watch.transpose()
}

/// A question, and what its last answer held.
struct Asked<'a> {
    way: Way,
    request: FindRequest,
    manner: Manner<'a>,
    context: &'a Context<'a>,
    known: CameAndWent<FindResult>,
}

impl Watched for Asked<'_> {
    async fn round(&mut self, is_first: bool, line: &str) -> Result<Round> {
        let typed = self.manner.typed.filter(|_| is_first);
        let manner = Manner {
            typed,
            ..self.manner
        };
        let response = match self.way {
            Way::Screen => self.paint(manner, line).await?,
            Way::Lines => self.lines(manner).await?,
            Way::Nowhere => count_only(&self.request, manner, self.context).await?,
        };
        Ok(Round {
            is_empty: response.summary.containers == 0,
            is_proof: proof::is_proof(&response.coverage),
            gaps: coverage::gaps(&response.coverage),
        })
    }
}

impl Asked<'_> {
    /// Asks and paints; as many rows as there is room for.
    async fn paint(&self, manner: Manner<'_>, line: &str) -> Result<FindResponse> {
        let Self {
            request, context, ..
        } = self;
        let request = FindRequest {
            limit: request.limit.or_else(watch::rows),
            ..request.clone()
        };
        let response = match manner.counts {
            true => count_only(&request, manner, context).await?,
            false => manner.ask(&request, context).await?,
        };
        watch::clear(context.out)?;
        match manner.counts {
            true => listed::display_counts(&request, &response, manner, context).await?,
            false => listed::display(&request, &response, manner, context).await?,
        };
        context.out.say(Label::Plain, line);
        Ok(response)
    }

    /// Asks, and writes the difference to the last time.
    async fn lines(&mut self, manner: Manner<'_>) -> Result<FindResponse> {
        let Self {
            request, context, ..
        } = self;
        let head = count_only(request, manner, context).await?;
        let lines = match head.total {
            0 => None,
            _ => Some(context.client.find_each(request).await?),
        };
        let summary = summary::line(request, &head, &context.out.view.times);
        let known = &mut self.known;
        known.say(summary, head.as_of, lines, context.out).await?;
        Ok(head)
    }
}
