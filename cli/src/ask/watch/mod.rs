//! `--watch`: the same question again and again, until nothing is left where that is wanted.

mod came_and_went;
mod screen;

use std::time::Duration;

use jiff::Zoned;
pub(crate) use {
    came_and_went::CameAndWent,
    screen::{clear, rows},
};

use crate::{
    error::{CliError, Result},
    exit::Exit,
    output::{
        Format,
        console::{Label, Out},
    },
    words::times::{self, in_words},
};

/// How a question is asked again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watch {
    /// How long after an answer.
    every: Duration,
    /// Whether an empty answer that proves something is the end.
    until_empty: bool,
}

/// Where the answers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A terminal, painted anew.
    Screen,
    /// Lines of what came and went.
    Lines,
    /// Nowhere: the end alone is wanted.
    Nowhere,
}

/// What an answer says to whoever waits for an empty one.
pub(crate) struct Round {
    /// Whether nothing was found.
    pub(crate) is_empty: bool,
    /// Whether that would be a proof.
    pub(crate) is_proof: bool,
    /// What keeps it from being one.
    pub(crate) gaps: Vec<String>,
}

/// A question that is asked again and again.
pub(crate) trait Watched {
    /// Asks and shows; only the first answer is held against what was typed. On a terminal the line stands under it.
    async fn round(&mut self, is_first: bool, line: &str) -> Result<Round>;
}

impl Watch {
    /// What was typed behind `--watch` and `--exit-when-empty`.
    pub(crate) fn new(every: &str, until_empty: bool, now: &Zoned) -> Result<Self> {
        Ok(Self {
            every: Duration::from_secs(times::seconds(every, now)?),
            until_empty,
        })
    }

    /// Asks until Ctrl-C, an error, or the end that is wanted.
    pub(crate) async fn run(self, watched: &mut impl Watched, out: &Out) -> Result<Exit> {
        let line = format!("every {}; Ctrl-C to stop", in_words(self.every));
        let mut last_said = String::new();
        let mut has_answered = false;
        loop {
            // What began well ends only as it is told to, however empty it becomes.
            match watched.round(!has_answered, &line).await {
                Ok(round) => {
                    has_answered = true;
                    if let Some(done) = self.judge(&round, &mut last_said, out) {
                        return Ok(done);
                    }
                }
                // A server that is restarted in the middle of a rollout is no reason to leave.
                Err(error) if has_answered && error.is_transient() => {
                    let line = format!("{error}; retrying in {}", in_words(self.every));
                    out.say(Label::Warning, &line);
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(self.every).await;
        }
    }

    /// Whether this answer is the end; an empty one that proves nothing says what it waits for.
    fn judge(self, round: &Round, last_said: &mut String, out: &Out) -> Option<Exit> {
        if !self.until_empty || !round.is_empty {
            last_said.clear();
            return None;
        }
        if round.is_proof {
            return Some(Exit::Found);
        }
        let gaps = round.gaps.join("; ");
        let line = format!("no matches left, but that is not proven ({gaps}): still watching");
        if *last_said != line {
            out.say(Label::Warning, &line);
        }
        *last_said = line;
        None
    }
}

/// Where the answers go; whether they are counts, which nothing comes to and goes from.
pub(crate) fn way(out: &Out, are_counts: bool) -> Result<Way> {
    if out.quiet {
        return Ok(Way::Nowhere);
    }
    match out.format {
        Format::Table | Format::Wide if out.on_terminal => return Ok(Way::Screen),
        Format::Table | Format::Wide | Format::Ndjson => {}
        Format::Json | Format::Csv | Format::Name => {
            return Err(
                CliError::failed("`--watch` cannot be used with this output format")
                    .hint("`-o ndjson` prints what comes and goes"),
            );
        }
    }
    if are_counts {
        return Err(CliError::failed(
            "without a terminal, `--watch` prints results that come and go, not counts",
        )
        .hint("leave out --group-by, --cover and --count, or watch on a terminal"));
    }
    Ok(Way::Lines)
}
