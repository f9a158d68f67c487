//! A question by advisories, with all that it takes to show its answer and to say what that is worth.

use model::{feed_age, proof, shown::escaped};
use proto_types::{AffectedRequest, AffectedResponse, FindRequest, Verdict};

use super::{evidence, explained, given::Given, grouped, said, shown};
use crate::{
    ask::{
        context::Context,
        doubt::{self, Typed},
        each,
        pages::{self, Shown},
    },
    error::Result,
    exit::Exit,
    output::{Format, console::Label, number::counted, verdicts},
};

/// The question.
pub(super) struct Asked {
    /// What is sent.
    pub(super) request: AffectedRequest,
    /// What was typed, where an empty answer is held against it.
    pub(super) typed: Typed,
    /// What is known of the advisories here.
    pub(super) given: Given,
    /// The verdicts that were named.
    pub(super) named: Vec<Verdict>,
    /// Whether only counts are wanted.
    pub(super) counts: bool,
    /// Whether the answer is to say what it stands for.
    pub(super) evidence: bool,
}

impl Asked {
    /// Asks once, shows, and says what the answer is worth.
    pub(super) async fn once(&self, context: &Context<'_>) -> Result<Exit> {
        let out = context.out;
        let streams = matches!(out.format, Format::Ndjson | Format::Csv | Format::Name);
        // Evidence must agree with itself: pages are of the commit of the first.
        let streams = streams && !self.evidence;
        let streams = self.lists_results() && streams && self.request.limit == Some(0);
        let response = match self.counts || streams {
            true => shown::head(&self.request, context).await?,
            false => context.ask(&self.request).await?,
        };
        self.check_meant(&response, context).await?;
        self.say_summary(&response, context);
        if self.evidence {
            evidence::write_of(&self.request, &response, &self.given, context).await?;
        }
        match streams {
            true => {
                let lines = context.client.affected_each(&self.request);
                let rows = each::shown(lines, context).await?;
                let truncated = false;
                let shown = Shown { rows, truncated };
                let footer = shown::footer(&self.request, &response, shown, context);
                context.say_footer(&footer);
            }
            false => self.display(&response, context).await?,
        }
        Ok(self.exit(&response))
    }

    /// Whether rows are wanted, and no counts of them.
    pub(super) const fn lists_results(&self) -> bool {
        let Self {
            request, counts, ..
        } = self;
        !*counts && request.group_by.is_none() && !request.cover && !request.explain
    }

    /// Shows what the answer has, and what stands under it.
    pub(super) async fn display(
        &self,
        response: &AffectedResponse,
        context: &Context<'_>,
    ) -> Result<()> {
        if self.counts {
            shown::counts(&self.named, response, context)?;
            context.say_footer(&shown::counted_footer(response, context));
            return Ok(());
        }
        let shown = self.show(response, context).await?;
        context.say_footer(&shown::footer(&self.request, response, shown, context));
        Ok(())
    }

    /// Shows the rows of an answer, of whichever kind.
    async fn show(&self, response: &AffectedResponse, context: &Context<'_>) -> Result<Shown> {
        let request = &self.request;
        let rows = match (&response.groups, request.group_by, &response.cover) {
            _ if response.explained.is_some() => {
                let all = response.explained.as_deref().unwrap_or_default();
                explained::show(all, response, context)?
            }
            (Some(groups), Some(by), _) => {
                grouped::groups((groups, by), request, response, context)?
            }
            (_, _, Some(images)) => grouped::cover(images, request, response, context)?,
            _ => return pages::shown(request, response, context).await,
        };
        let truncated = response.truncated;
        Ok(Shown { rows, truncated })
    }

    /// Says what was found, before the rows.
    pub(super) fn say_summary(&self, response: &AffectedResponse, context: &Context<'_>) {
        context
            .out
            .say(Label::Plain, &self.summary(response, context));
        say_old(response, context);
        said::say_left_out(response.left_out.as_ref(), context);
    }

    /// What was found, in one line.
    pub(super) fn summary(&self, response: &AffectedResponse, context: &Context<'_>) -> String {
        let subject = said::subject(&self.request.ids, response.advisories, &self.given);
        verdicts::line(&subject, &self.request, response, &context.out.view.times)
    }

    /// Refuses an empty answer to terms that can't have been meant so.
    pub(super) async fn check_meant(
        &self,
        response: &AffectedResponse,
        context: &Context<'_>,
    ) -> Result<()> {
        let is_everything = self.request.matches.is_empty() && self.request.any.is_empty();
        if is_everything || response.total > 0 {
            return Ok(());
        }
        let find = FindRequest {
            limit: Some(1),
            cursor: None,
            ..self.request.as_find()
        };
        let found = context.ask(&find).await?;
        doubt::check(&find, &found, &self.typed, context).await
    }

    /// Whether nothing has a verdict that is wanted.
    pub(super) fn is_empty(&self, response: &AffectedResponse) -> bool {
        let wanted = self.request.verdicts.iter();
        let of_each = wanted.map(|one| response.summary.of(*one));
        of_each.map(|one| one.containers).sum::<u64>() == 0
    }

    /// Whether that nothing is affected would be a proof.
    pub(super) fn is_proof(&self, response: &AffectedResponse) -> bool {
        self.given.skipped == 0 && proof::is_proof_of_verdicts(response)
    }

    fn exit(&self, response: &AffectedResponse) -> Exit {
        let is_proof = self.is_proof(response) && !self.typed.is_doubted();
        match (self.is_empty(response), is_proof) {
            (false, _) => Exit::Found,
            (true, true) => Exit::Nothing,
            (true, false) => Exit::Unproven,
        }
    }
}

/// Says where a feed that the answer rests on hasn't been imported for long.
fn say_old(response: &AffectedResponse, context: &Context<'_>) {
    let oldest = response.oldest_feed.iter();
    for feed in oldest.filter(|feed| feed_age::is_old(feed.imported_at, response.as_of)) {
        let days = response.as_of.duration_since(feed.imported_at).as_hours() / 24;
        let days = counted(days.unsigned_abs(), "day");
        let source = escaped(&feed.source);
        let line = format!(
            "{source} was imported {days} ago: advisories published since then are missing"
        );
        context.out.say(Label::Warning, &line);
    }
}
