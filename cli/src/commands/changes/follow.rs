//! `changes --follow`: changes as they come.

use std::{io::Write, time::Duration};

use model::shown::escaped;
use proto_types::{Change, GetStatus, Timestamp};

use crate::{
    ask::{context::Context, resolve},
    error::{CliError, Result},
    exit::Exit,
    output::{
        Cell, Format, Listed, Row,
        console::{Label, Out},
        csv, json,
        sink::chosen,
    },
    words::times::in_words,
};

/// How long the first wait is after the connection broke, and the longest.
const WAITS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// Follows until Ctrl-C or an error that waiting doesn't mend.
pub(super) async fn run(
    since: Option<Timestamp>,
    host: Option<String>,
    context: &Context<'_>,
) -> Result<Exit> {
    let out = context.out;
    check(out)?;
    let since = match since {
        Some(since) => since,
        // The server's now: this machine's clock may be another.
        None => context.ask(&GetStatus {}).await?.as_of,
    };
    let named = host.clone().unwrap_or_default();
    let opened = context.client.follow_changes(since, host).await;
    let opened = opened.map_err(CliError::from);
    let mut changes = resolve::with_nearest_host(context, &named, opened).await?;
    let writer = Lines::begin(out)?;
    let mut wait = WAITS.0;
    loop {
        match changes.next().await {
            Ok(change) => {
                wait = WAITS.0;
                writer.write(&change, out)?;
            }
            Err(error) if error.is_transient() => {
                let line = format!("{error}; reconnecting in {}", in_words(wait));
                out.say(Label::Warning, &line);
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(WAITS.1);
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn check(out: &Out) -> Result<()> {
    match out.format {
        Format::Json => Err(CliError::failed("`--follow` cannot be used with `-o json`")
            .hint("`-o ndjson` writes one change per line")),
        _ => Ok(()),
    }
}

/// How a change becomes a line.
enum Lines {
    /// A person reads them.
    Text,
    Ndjson,
    Csv,
    Names,
}

impl Lines {
    fn begin(out: &Out) -> Result<Self> {
        let lines = match out.format {
            Format::Table | Format::Wide if out.on_terminal => Self::Text,
            Format::Csv => Self::Csv,
            Format::Name => Self::Names,
            Format::Table | Format::Wide | Format::Json | Format::Ndjson => Self::Ndjson,
        };
        if matches!(lines, Self::Csv) {
            // The columns' names, and whether those that are asked for exist.
            let columns = chosen(Change::COLUMNS, &out.view, true)?;
            out.write(|writer| Ok(csv::Rows::new(columns, &out.view, writer)?.finish()?))?;
        }
        Ok(lines)
    }

    fn write(&self, change: &Change, out: &Out) -> Result<()> {
        out.write(|writer| {
            match self {
                Self::Text => writeln!(writer, "{}", text(change, out))?,
                Self::Ndjson => json::line(change, writer)?,
                Self::Csv => csv_line(change, out, writer)?,
                Self::Names => writeln!(writer, "{}", escaped(&change.name()))?,
            }
            Ok(())
        })
    }
}

/// A line for people: each value that there is, in the columns' order.
fn text(change: &Change, out: &Out) -> String {
    let cells = Change::COLUMNS
        .iter()
        .map(|column| change.cell(column.heading));
    let texts = cells.map(|cell| match cell {
        // "3s ago" would be wrong as soon as it stands there.
        Cell::Time(time) => out.view.times.absolute(time),
        other => other.render(&out.view),
    });
    let there: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    there.join("  ")
}

fn csv_line(change: &Change, out: &Out, writer: &mut dyn Write) -> Result<()> {
    let columns = chosen(Change::COLUMNS, &out.view, true)?;
    let mut rows = csv::Rows::going_on(columns, writer);
    rows.push(change, &out.view)?;
    Ok(rows.finish()?)
}
