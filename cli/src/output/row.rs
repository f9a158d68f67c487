//! What a row type says of itself: its columns, and the name that `-o name` prints.

use anstyle::{AnsiColor, Color, Style};
use jiff::Timestamp;
use model::shown::escaped;
use proto_types::ImageDigest;
use serde::Serialize;

use super::{heading::Heading, view::View};

/// Something that lists are made of.
pub(crate) trait Row: Serialize {
    /// What it has in a column; nothing in one that it doesn't know.
    fn cell(&self, heading: Heading) -> Cell;

    /// What `-o name` prints.
    fn name(&self) -> String;
}

/// A row type whose lists always have the same columns.
pub(crate) trait Listed: Row {
    /// Every column, in the order in which they are shown.
    const COLUMNS: &'static [Column];
}

/// One column of a list.
#[derive(Debug)]
pub(crate) struct Column {
    /// What it shows, under its name.
    pub(crate) heading: Heading,
    /// When it is shown without being asked for.
    pub(crate) shown: Shown,
    /// What happens to it where the terminal is narrow.
    pub(crate) fit: Fit,
}

/// When a column is shown that nobody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Always.
    Always,
    /// Where any row has something there.
    WhereAny,
    /// With everything else.
    Wide,
}

/// What happens to a column where the terminal is narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Nothing: it identifies the row.
    Keep,
    /// Its middle is cut, and it leaves when even that isn't enough.
    Cut,
    /// Nothing, until nothing else can make room: then its middle is cut.
    CutLast,
    /// It is never cut, but leaves.
    Leave,
}

impl Column {
    /// A column that identifies the row.
    pub(crate) const fn new(heading: Heading) -> Self {
        Self {
            heading,
            shown: Shown::Always,
            fit: Fit::Keep,
        }
    }

    /// The same, cut in the middle where the terminal is narrow.
    #[must_use]
    pub(crate) const fn cut(mut self) -> Self {
        self.fit = Fit::Cut;
        self
    }

    /// The same, cut in the middle where nothing else makes room.
    #[must_use]
    pub(crate) const fn cut_last(mut self) -> Self {
        self.fit = Fit::CutLast;
        self
    }

    /// The same, left out where the terminal is narrow.
    #[must_use]
    pub(crate) const fn leaves(mut self) -> Self {
        self.fit = Fit::Leave;
        self
    }

    /// The same, shown only with `-o wide`, `-o csv` or by name.
    #[must_use]
    pub(crate) const fn wide(mut self) -> Self {
        self.shown = Shown::Wide;
        self
    }

    /// The same, left out of a table where no row has anything there.
    #[must_use]
    pub(crate) const fn where_any(mut self) -> Self {
        self.shown = Shown::WhereAny;
        self
    }
}

/// One value of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing is there.
    Empty,
    /// Text, possibly from a server.
    Text(String),
    /// A count.
    Count(u64),
    /// A moment.
    Time(Timestamp),
    /// An image.
    Digest(ImageDigest),
    /// One of a few words, with how good that is.
    Word(&'static str, Tone),
}

/// How good something is; it only adds color to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it should be.
    Good,
    /// Something is missing.
    Doubtful,
    /// Someone has to look at it.
    Bad,
    /// Neither.
    Neutral,
}

impl Tone {
    /// The color for it; the terminal's own 16, so that light terminals work.
    pub(crate) const fn style(self) -> Style {
        let color = match self {
            Self::Good => AnsiColor::Green,
            Self::Doubtful => AnsiColor::Yellow,
            Self::Bad => AnsiColor::Red,
            Self::Neutral => return Style::new(),
        };
        Style::new().fg_color(Some(Color::Ansi(color)))
    }
}

impl Cell {
    /// Text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Text that may be missing or empty.
    pub(crate) fn some_text(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty())
            .map_or(Self::Empty, Self::text)
    }

    /// A moment that may be missing.
    pub(crate) fn some_time(time: Option<Timestamp>) -> Self {
        time.map_or(Self::Empty, Self::Time)
    }

    /// The value as harmless text; nothing is empty text.
    pub(crate) fn render(&self, view: &View) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => escaped(text).into_owned(),
            Self::Count(count) => count.to_string(),
            Self::Time(time) => view.times.show(*time),
            Self::Digest(digest) if view.short_digests => digest.short(),
            Self::Digest(digest) => digest.to_string(),
            Self::Word(word, _) => (*word).to_owned(),
        }
    }

    /// How good it is.
    pub(crate) const fn tone(&self) -> Tone {
        match self {
            Self::Word(_, tone) => *tone,
            _ => Tone::Neutral,
        }
    }

    /// Whether it is aligned to the right.
    pub(crate) const fn is_count(&self) -> bool {
        matches!(self, Self::Count(_))
    }
}

/// The columns to show of `columns`: those asked for, else all or the default ones.
///
/// # Errors
/// The first column that was asked for and doesn't exist.
pub(crate) fn select(
    columns: &'static [Column],
    wanted: Option<&[String]>,
    all: bool,
) -> Result<Vec<&'static Column>, UnknownColumn> {
    let Some(wanted) = wanted else {
        let shown = columns
            .iter()
            .filter(|column| all || column.shown != Shown::Wide);
        return Ok(shown.collect());
    };
    let named = |name: &String| {
        let found = columns.iter().find(|one| one.heading.as_str() == name);
        found.ok_or_else(|| UnknownColumn {
            name: name.clone(),
            known: columns.iter().map(|one| one.heading.as_str()).collect(),
        })
    };
    wanted.iter().map(named).collect()
}

/// A column that was asked for and doesn't exist.
#[derive(Debug)]
pub(crate) struct UnknownColumn {
    /// What was asked for.
    pub(crate) name: String,
    /// What there is.
    pub(crate) known: Vec<&'static str>,
}
