//! `find --watch`: the same question again and again, until nothing is left where that is wanted.

use std::time::Duration;

use jiff::Zoned;
use model::proof;
use proto_types::{FindRequest, FindResponse};

use super::{args::FindArgs, came_and_went::CameAndWent, manner::Manner, screen};
use crate::{
    ask::context::Context,
    error::{CliError, Result},
    exit::Exit,
    output::{
        Format,
        console::{Label, Out},
        coverage,
    },
    words::times::{self, in_words},
};

/// How a question is asked again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    /// How long after an answer.
    every: Duration,
    /// Whether an empty answer that proves something is the end.
    until_empty: bool,
}

/// Where the answers go.
enum Shown {
    /// A terminal, painted anew.
    Screen,
    /// Lines of what came and went.
    Lines(CameAndWent),
}

impl Watch {
    /// What the arguments say, where they say to watch.
    pub(super) fn from_args(args: &FindArgs, now: &Zoned) -> Result<Option<Self>> {
        let Some(every) = &args.watch else {
            return Ok(None);
        };
        let every = Duration::from_secs(times::seconds(every, now)?);
        Ok(Some(Self {
            every,
            until_empty: args.exit_when_empty,
        }))
    }

    /// Asks until Ctrl-C, an error, or the end that is wanted.
    pub(super) async fn run(
        self,
        request: FindRequest,
        manner: Manner<'_>,
        context: &Context<'_>,
    ) -> Result<Exit> {
        let mut shown = shown(&request, manner, context.out)?;
        let mut last_said = String::new();
        let mut has_answered = false;
        loop {
            // What began well ends only as it is told to, however empty it becomes.
            let typed = manner.typed.filter(|_| !has_answered);
            let manner = Manner { typed, ..manner };
            match self.round(&request, manner, &mut shown, context).await {
                Ok(response) => {
                    has_answered = true;
                    if let Some(done) = self.judge(&response, &mut last_said, context) {
                        return Ok(done);
                    }
                }
                // A server that is restarted in the middle of a rollout is no reason to leave.
                Err(error) if has_answered && error.is_transient() => {
                    let line = format!("{error}; retrying in {}", in_words(self.every));
                    context.out.say(Label::Warning, &line);
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(self.every).await;
        }
    }

    async fn round(
        self,
        request: &FindRequest,
        manner: Manner<'_>,
        shown: &mut Shown,
        context: &Context<'_>,
    ) -> Result<FindResponse> {
        match shown {
            Shown::Screen => screen::paint(request, self.every, manner, context).await,
            Shown::Lines(lines) => lines.round(request, manner, context).await,
        }
    }

    /// Whether this answer is the end; an empty one that proves nothing says what it waits for.
    fn judge(
        self,
        response: &FindResponse,
        last_said: &mut String,
        context: &Context<'_>,
    ) -> Option<Exit> {
        let is_empty = response.summary.containers == 0;
        if !self.until_empty || !is_empty {
            last_said.clear();
            return None;
        }
        if proof::is_proof(&response.coverage) {
            return Some(Exit::Found);
        }
        let gaps = coverage::gaps(&response.coverage).join("; ");
        let line = format!("nothing is left that is known of, but {gaps}: watching on");
        if *last_said != line {
            context.out.say(Label::Warning, &line);
        }
        *last_said = line;
        None
    }
}

fn shown(request: &FindRequest, manner: Manner<'_>, out: &Out) -> Result<Shown> {
    if out.quiet {
        return Ok(Shown::Lines(CameAndWent::counting_only()));
    }
    match out.format {
        Format::Table | Format::Wide if out.on_terminal => return Ok(Shown::Screen),
        Format::Table | Format::Wide | Format::Ndjson => {}
        Format::Json | Format::Csv | Format::Name => {
            return Err(
                CliError::failed("`--watch` cannot be used with this output format")
                    .hint("`-o ndjson` prints what comes and goes"),
            );
        }
    }
    if request.group_by.is_some() || request.cover || manner.counts {
        return Err(CliError::failed(
            "without a terminal, `--watch` prints results that come and go, not counts",
        )
        .hint("leave out --group-by, --cover and --count, or watch on a terminal"));
    }
    Ok(Shown::Lines(CameAndWent::default()))
}
