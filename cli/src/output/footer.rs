//! What stands under an answer: how much of it is shown, what it covers, whose it is and when.

use jiff::Timestamp;
use proto_types::Coverage;

use super::{coverage, number::grouped, time::Times};

/// What a footer is made from.
pub(crate) struct Footer<'a> {
    /// How many rows are shown.
    pub(crate) shown: u64,
    /// How many there are.
    pub(crate) total: u64,
    /// Whether there are more behind these.
    pub(crate) truncated: bool,
    /// Whether these begin behind others.
    pub(crate) goes_on: bool,
    /// What to ask on with.
    pub(crate) next_cursor: Option<&'a str>,
    /// What the answer covers.
    pub(crate) coverage: &'a Coverage,
    /// Whether what it doesn't cover is said already.
    pub(crate) gaps_said: bool,
    /// The moment that it stands for.
    pub(crate) as_of: Timestamp,
    /// Whose answer it is.
    pub(crate) server: String,
}

/// One line of a footer, and whether it warns.
pub(crate) type Line = (bool, String);

impl Footer<'_> {
    /// The footer's two lines. People have no use for a cursor: they ask for all, or for less.
    pub(crate) fn lines(&self, times: &Times, for_people: bool) -> [Line; 2] {
        let as_of = format!("as of {}, {}", times.absolute(self.as_of), self.server);
        let as_of = match self.cut(for_people) {
            Some(cut) => format!("{cut}; {as_of}"),
            None => as_of,
        };
        let covered = if self.gaps_said {
            coverage::short_sentence(self.coverage)
        } else {
            coverage::sentence(self.coverage)
        };
        [covered, (false, as_of)]
    }

    /// How much is shown, where that isn't everything.
    fn cut(&self, for_people: bool) -> Option<String> {
        let cut = Cut {
            shown: self.shown,
            total: self.total,
            truncated: self.truncated,
            goes_on: self.goes_on,
            next_cursor: self.next_cursor.filter(|_| !for_people),
        };
        cut.line()
    }
}

/// How much of a list is shown.
pub(crate) struct Cut<'a> {
    /// How many rows are shown.
    pub(crate) shown: u64,
    /// How many there are.
    pub(crate) total: u64,
    /// Whether there are more behind these.
    pub(crate) truncated: bool,
    /// Whether these begin behind others.
    pub(crate) goes_on: bool,
    /// What to ask on with.
    pub(crate) next_cursor: Option<&'a str>,
}

impl Cut<'_> {
    /// It in words, where that isn't everything.
    pub(crate) fn line(&self) -> Option<String> {
        if !self.truncated && !self.goes_on {
            return None;
        }
        let (shown, total) = (grouped(self.shown), grouped(self.total));
        let on = self
            .next_cursor
            .map(|cursor| format!("; --cursor {cursor} for the next"));
        Some(match (self.truncated, self.goes_on) {
            (true, _) => format!(
                "{shown} of {total} shown (--limit 0 for all{})",
                on.unwrap_or_default()
            ),
            (false, _) => format!("{shown} of {total} shown: the last of them"),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};
    use proto_types::Coverage;

    use super::Footer;
    use crate::output::time::Times;

    fn lines(truncated: bool, goes_on: bool, next_cursor: Option<&str>) -> Vec<String> {
        said(truncated, goes_on, next_cursor, false)
    }

    fn said(
        truncated: bool,
        goes_on: bool,
        next_cursor: Option<&str>,
        for_people: bool,
    ) -> Vec<String> {
        let coverage = Coverage {
            hosts: 2,
            running_images: 3,
            complete: true,
            ..Coverage::default()
        };
        let footer = Footer {
            shown: 50,
            total: 1204,
            truncated,
            goes_on,
            next_cursor,
            coverage: &coverage,
            gaps_said: false,
            as_of: Timestamp::UNIX_EPOCH,
            server: "http://127.0.0.1:8420".to_owned(),
        };
        let times = Times::new(Timestamp::UNIX_EPOCH, true, TimeZone::UTC);
        footer
            .lines(&times, for_people)
            .into_iter()
            .map(|(_, line)| line)
            .collect()
    }

    const AS_OF: &str = "as of 1970-01-01T00:00:00Z, http://127.0.0.1:8420";

    #[test]
    fn a_cut_is_never_silent() {
        for (said, cut) in [
            (
                lines(true, false, Some("abc")),
                "50 of 1,204 shown (--limit 0 for all; --cursor abc for the next)",
            ),
            (
                lines(true, false, None),
                "50 of 1,204 shown (--limit 0 for all)",
            ),
            (
                lines(false, true, None),
                "50 of 1,204 shown: the last of them",
            ),
        ] {
            assert_eq!(said[1], format!("{cut}; {AS_OF}"));
        }
    }

    #[test]
    fn on_a_terminal_no_cursor_is_shown() {
        assert_eq!(
            said(true, false, Some("abc"), true)[1],
            format!("50 of 1,204 shown (--limit 0 for all); {AS_OF}")
        );
    }

    #[test]
    fn it_is_two_lines_of_the_coverage_the_time_and_the_server() {
        assert_eq!(
            lines(false, false, None),
            ["complete coverage: 2 hosts, 3 running images", AS_OF]
        );
        assert_eq!(lines(true, true, Some("abc")).len(), 2);
    }
}
