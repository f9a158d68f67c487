//! `affected --watch`: an answer by advisories, again and again.

use proto_types::{AffectedRequest, AffectedResponse, AffectedResult};

use super::{asked::Asked, shown};
use crate::{
    ask::{
        context::Context,
        watch::{self, CameAndWent, Round, Watch, Watched, Way},
    },
    error::Result,
    exit::Exit,
    output::{console::Label, verdicts},
};

/// Asks again and again.
pub(super) async fn run(watch: Watch, asked: Asked, context: &Context<'_>) -> Result<Exit> {
    let mut again = Again {
        way: watch::way(context.out, !asked.lists_results())?,
        asked,
        context,
        known: CameAndWent::default(),
    };
    watch.run(&mut again, context.out).await
}

/// A question, and what its last answer held.
struct Again<'a> {
    way: Way,
    asked: Asked,
    context: &'a Context<'a>,
    known: CameAndWent<AffectedResult>,
}

impl Watched for Again<'_> {
    async fn round(&mut self, is_first: bool, line: &str) -> Result<Round> {
        let response = match self.way {
            Way::Screen => self.paint(is_first, line).await?,
            Way::Lines => self.lines(is_first).await?,
            Way::Nowhere => self.head(is_first).await?,
        };
        let Self { asked, .. } = self;
        let mut gaps = verdicts::gaps(&asked.request, &response);
        if asked.given.skipped > 0 {
            gaps.push("not all of the advisories could be read".to_owned());
        }
        Ok(Round {
            is_empty: asked.is_empty(&response),
            is_proof: asked.is_proof(&response),
            gaps,
        })
    }
}

impl Again<'_> {
    /// Asks and paints; as many rows as there is room for.
    async fn paint(&self, is_first: bool, line: &str) -> Result<AffectedResponse> {
        let Self { asked, context, .. } = self;
        let request = AffectedRequest {
            limit: asked.request.limit.or_else(watch::rows),
            ..asked.request.clone()
        };
        let response = match asked.counts {
            true => shown::head(&request, context).await?,
            false => context.ask(&request).await?,
        };
        self.check(is_first, &response).await?;
        watch::clear(context.out)?;
        asked.say_summary(&response, context);
        asked.display(&response, context).await?;
        context.out.say(Label::Plain, line);
        Ok(response)
    }

    /// Asks, and writes the difference to the last time.
    async fn lines(&mut self, is_first: bool) -> Result<AffectedResponse> {
        let head = self.head(is_first).await?;
        let Self { asked, context, .. } = self;
        let lines = match head.total {
            0 => None,
            _ => Some(context.client.affected_each(&asked.request).await?),
        };
        let summary = asked.summary(&head, context);
        self.known
            .say(summary, head.as_of, lines, context.out)
            .await?;
        Ok(head)
    }

    async fn head(&self, is_first: bool) -> Result<AffectedResponse> {
        let head = shown::head(&self.asked.request, self.context).await?;
        self.check(is_first, &head).await?;
        Ok(head)
    }

    /// What began well ends only as it is told to, however empty it becomes.
    async fn check(&self, is_first: bool, response: &AffectedResponse) -> Result<()> {
        match is_first {
            true => self.asked.check_meant(response, self.context).await,
            false => Ok(()),
        }
    }
}
