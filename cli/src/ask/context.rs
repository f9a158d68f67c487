//! What a command that asks a server has in hand: the client and the output.

use client::Client;
use jiff::Timestamp;
use model::shown::escaped;
use proto_types::{Coverage, Endpoint};

use crate::{
    ask::progress,
    error::Result,
    output::{
        console::{Label, Out},
        footer::Footer,
    },
    settings::Settings,
};

/// The client and the output.
pub(crate) struct Context<'a> {
    /// Where output goes.
    pub(crate) out: &'a Out,
    /// The client, for answers that are streamed.
    pub(crate) client: Client,
}

impl<'a> Context<'a> {
    /// Gets ready to ask the server of these settings.
    pub(crate) fn new(settings: &Settings, out: &'a Out) -> Result<Self> {
        if let Some(warning) = settings.warning() {
            out.say(Label::Warning, &warning);
        }
        let client = settings.client()?;
        if let Some(warning) = client.server().warning() {
            out.say(Label::Warning, &warning);
        }
        Ok(Self { out, client })
    }

    /// Asks, and shows that it waits where that takes long.
    pub(crate) async fn ask<E: Endpoint>(&self, request: &E) -> Result<E::Response> {
        let what = format!("asking {}", self.client.server());
        let answer = self.client.send(request);
        Ok(progress::shown(self.out.shows_progress, &escaped(&what), answer).await?)
    }

    /// A footer of an answer of which everything is shown.
    pub(crate) fn footer<'c>(&self, coverage: &'c Coverage, as_of: Timestamp) -> Footer<'c> {
        Footer {
            shown: 0,
            total: 0,
            truncated: false,
            goes_on: false,
            next_cursor: None,
            coverage,
            gaps_said: false,
            as_of,
            server: self.client.server().to_string(),
        }
    }

    /// Says which moment an answer without a coverage stands for.
    pub(crate) fn say_as_of(&self, as_of: Timestamp) {
        let (time, server) = (self.out.view.times.absolute(as_of), self.client.server());
        self.out
            .say(Label::Plain, &format!("as of {time}, {server}"));
    }

    /// Says a footer on standard error.
    pub(crate) fn say_footer(&self, footer: &Footer<'_>) {
        for (warns, line) in footer.lines(&self.out.view.times, self.out.on_terminal) {
            let label = if warns { Label::Warning } else { Label::Plain };
            self.out.say(label, &line);
        }
    }
}

/// A length as the wire counts.
pub(crate) fn count<T>(items: &[T]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}
