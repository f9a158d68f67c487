//! `find --watch` off a terminal: a line for each result that came or went.

use std::collections::BTreeMap;

use proto_types::{FindRequest, FindResponse, FindResult, Timestamp};
use serde::Serialize;

use super::{listed::count_only, manner::Manner};
use crate::{
    ask::context::Context,
    error::Result,
    output::{console::Label, json, summary},
};

/// A result that came or went, and the answer that says so.
#[derive(Serialize)]
struct Event<'a> {
    event: &'static str,
    at: Timestamp,
    #[serde(flatten)]
    result: &'a FindResult,
}

/// What the last answer held.
#[derive(Default)]
pub(super) struct CameAndWent {
    /// By everything that it says, so that a container that was restarted goes and comes.
    known: BTreeMap<String, FindResult>,
    last_summary: String,
    only_counts: bool,
}

impl CameAndWent {
    /// For those who want nothing but the end.
    pub(super) fn counting_only() -> Self {
        Self {
            only_counts: true,
            ..Self::default()
        }
    }

    /// Asks, and writes the difference to the last time.
    pub(super) async fn round(
        &mut self,
        request: &FindRequest,
        manner: Manner<'_>,
        context: &Context<'_>,
    ) -> Result<FindResponse> {
        let head = count_only(request, manner, context).await?;
        if self.only_counts {
            return Ok(head);
        }
        let now = match head.total {
            0 => BTreeMap::new(),
            _ => results(request, context).await?,
        };
        self.say_summary(request, &head, context);
        write(&self.known, &now, head.as_of, context)?;
        self.known = now;
        Ok(head)
    }

    /// Says how much there is, where that is something new.
    fn say_summary(&mut self, request: &FindRequest, head: &FindResponse, context: &Context<'_>) {
        let line = summary::line(request, head, &context.out.view.times);
        if line != self.last_summary {
            context.out.say(Label::Plain, &line);
            self.last_summary = line;
        }
    }
}

async fn results(
    request: &FindRequest,
    context: &Context<'_>,
) -> Result<BTreeMap<String, FindResult>> {
    let mut results = BTreeMap::new();
    let mut lines = context.client.find_each(request).await?;
    while let Some(result) = lines.next().await? {
        let key = serde_json::to_string(&result).map_err(std::io::Error::from)?;
        results.insert(key, result);
    }
    Ok(results)
}

fn write(
    before: &BTreeMap<String, FindResult>,
    now: &BTreeMap<String, FindResult>,
    at: Timestamp,
    context: &Context<'_>,
) -> Result<()> {
    let only = |one: &BTreeMap<String, FindResult>, other: &BTreeMap<String, FindResult>| {
        let keys = one.keys().filter(|key| !other.contains_key(*key));
        keys.cloned().collect::<Vec<_>>()
    };
    context.out.write(|writer| {
        for (event, from, keys) in [
            ("went", before, only(before, now)),
            ("came", now, only(now, before)),
        ] {
            for result in keys.iter().filter_map(|key| from.get(key)) {
                json::line(&Event { event, at, result }, writer)?;
            }
        }
        Ok(())
    })
}
