//! Where output goes and how it looks: decided once, from the flags, the environment and the terminal.

use std::{
    env,
    io::{self, BufWriter, IsTerminal, Write},
};

use anstyle::{AnsiColor, Style};
use jiff::{Zoned, tz::TimeZone};
use model::shown::escaped;
use serde::Serialize;

use super::{
    document::Document,
    flags::{ColorWhen, OutputArgs, TimeStyle},
    format::Format,
    list,
    row::{Column, Listed, Row},
    sink::Sink,
    time::Times,
    view::View,
};
use crate::error::{CliError, Result};

/// Where output goes and how it looks.
pub(crate) struct Out {
    /// How rows become text.
    pub(crate) view: View,
    /// The format of the answer.
    pub(crate) format: Format,
    /// Whether only the exit status is wanted.
    pub(crate) quiet: bool,
    /// Whether a person reads the answer itself.
    pub(crate) on_terminal: bool,
    /// Whether a person may watch standard error.
    pub(crate) shows_progress: bool,
    /// The moment that the command began, in the local zone.
    pub(crate) now: Zoned,
    color_of_notes: bool,
}

/// What a line on standard error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Nothing in particular: the summary, the footer.
    Plain,
    /// What an answer lacks.
    Warning,
    /// What failed.
    Error,
    /// Why it failed.
    CausedBy,
    /// The way out.
    Hint,
    /// Whom it was asked.
    Server,
}

impl Label {
    fn look(self) -> (&'static str, Style) {
        let color = |color: AnsiColor| color.on_default().bold();
        match self {
            Self::Plain => ("", Style::new()),
            Self::Warning => ("warning: ", color(AnsiColor::Yellow)),
            Self::Error => ("error: ", color(AnsiColor::Red)),
            Self::CausedBy => ("caused by: ", Style::new().bold()),
            Self::Hint => ("hint: ", color(AnsiColor::Cyan)),
            Self::Server => ("server: ", Style::new().bold()),
        }
    }
}

impl Out {
    /// Decides it all.
    pub(crate) fn resolve(flags: &OutputArgs) -> Self {
        let on_terminal = io::stdout().is_terminal();
        let notes_on_terminal = io::stderr().is_terminal();
        let is_read_by_people = on_terminal && matches!(flags.output, Format::Table | Format::Wide);
        let cut = is_read_by_people && !flags.no_trunc && flags.output == Format::Table;
        let relative = match flags.time {
            Some(style) => style == TimeStyle::Relative,
            None => is_read_by_people,
        };
        let now = Zoned::now();
        let zone = if is_read_by_people {
            now.time_zone().clone()
        } else {
            TimeZone::UTC
        };
        Self {
            view: View {
                columns: flags.columns.clone(),
                headers: !flags.no_headers,
                width: cut.then(width_of_terminal).flatten(),
                short_digests: cut,
                times: Times::new(now.timestamp(), relative, zone),
                color: wants_color(flags.color, on_terminal),
            },
            format: flags.output,
            quiet: flags.quiet,
            on_terminal,
            shows_progress: notes_on_terminal && !flags.quiet && !is_dumb(),
            color_of_notes: wants_color(flags.color, notes_on_terminal),
            now,
        }
    }

    /// Refuses what doesn't go together, rather than ignoring half of it.
    pub(crate) fn check(&self) -> Result<()> {
        let has_columns = matches!(self.format, Format::Table | Format::Wide | Format::Csv);
        if self.view.columns.is_none() || has_columns {
            return Ok(());
        }
        Err(
            CliError::failed("`--columns` only works with table, wide and csv output")
                .hint("use a tool like jq to select fields of JSON"),
        )
    }

    /// Writes the rows of an answer, or its whole document, in the format that is wanted.
    pub(crate) fn list<D: Serialize, R: Listed>(&self, document: &D, rows: &[R]) -> Result<()> {
        self.list_by(R::COLUMNS, document, rows)
    }

    /// The same with columns of its own.
    pub(crate) fn list_by<D: Serialize, R: Row>(
        &self,
        columns: &'static [Column],
        document: &D,
        rows: &[R],
    ) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.write_list(columns, document, rows)
    }

    /// The same where only the exit status is wanted: for what is told this once.
    pub(crate) fn list_in_any_case<D: Serialize, R: Listed>(
        &self,
        document: &D,
        rows: &[R],
    ) -> Result<()> {
        self.write_list(R::COLUMNS, document, rows)
    }

    fn write_list<D: Serialize, R: Row>(
        &self,
        columns: &'static [Column],
        document: &D,
        rows: &[R],
    ) -> Result<()> {
        let mut left_out = Vec::new();
        self.write_in_any_case(|writer| {
            left_out = list::write(self.format, &self.view, columns, document, rows, writer)?;
            Ok(())
        })?;
        if !left_out.is_empty() {
            let names = left_out.join(", ");
            self.say(
                Label::Plain,
                &format!("hidden columns: {names} (use -o wide or --columns to show them)"),
            );
        }
        Ok(())
    }

    /// Writes rows one by one, for formats that need not see them all.
    pub(crate) fn sink<R: Listed>(&self) -> Result<Sink<impl Write + use<R>>> {
        Sink::new(
            self.format,
            &self.view,
            R::COLUMNS,
            BufWriter::new(io::stdout().lock()),
        )
    }

    /// Begins a JSON document whose rows come page by page; `page` is the first.
    pub(crate) fn document<D: Serialize>(
        &self,
        page: &D,
        rows: &str,
    ) -> Result<Document<impl Write + use<D>>> {
        let stdout = BufWriter::new(io::stdout().lock());
        Ok(Document::begin(page, rows, stdout)?)
    }

    /// Hands out standard output, buffered, and flushes it.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.write_in_any_case(write)
    }

    /// The same where only the exit status is wanted: for what is told this once.
    pub(crate) fn write_in_any_case(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<()>,
    ) -> Result<()> {
        let mut stdout = BufWriter::new(io::stdout().lock());
        write(&mut stdout)?;
        Ok(stdout.flush()?)
    }

    /// Says a line on standard error, unless only the exit status is wanted; errors always.
    ///
    /// Whatever came from a server is made harmless here.
    pub(crate) fn say(&self, label: Label, line: &str) {
        let is_of_error = !matches!(label, Label::Plain | Label::Warning);
        if self.quiet && !is_of_error {
            return;
        }
        let (word, style) = label.look();
        // The lines of an error are kept, but indented, so that none can pass for another's.
        let line = if is_of_error {
            let lines: Vec<_> = line.trim_end().lines().map(escaped).collect();
            lines.join("\n    ")
        } else {
            escaped(line).into_owned()
        };
        let style = if self.color_of_notes {
            style
        } else {
            Style::new()
        };
        // Nobody is left to tell where standard error is gone.
        let _ = writeln!(io::stderr(), "{style}{word}{style:#}{line}");
    }
}

fn width_of_terminal() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

fn wants_color(when: ColorWhen, is_terminal: bool) -> bool {
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if is_set("NO_COLOR") => false,
        ColorWhen::Auto => is_forced() || (is_terminal && !is_dumb()),
    }
}

fn is_forced() -> bool {
    is_set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0")
}

fn is_set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

pub(crate) fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty())
}
