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
    /// The footer's lines. People have no use for a cursor: they ask for all, or for less.
    pub(crate) fn lines(&self, times: &Times, for_people: bool) -> Vec<Line> {
        let cut = self.cut(for_people).map(|line| (false, line));
        let as_of = format!("as of {}, {}", times.absolute(self.as_of), self.server);
        let covered = if self.gaps_said {
            coverage::short_sentence(self.coverage)
        } else {
            coverage::sentence(self.coverage)
        };
        cut.into_iter().chain([covered, (false, as_of)]).collect()
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

    #[test]
    fn a_cut_is_never_silent() {
        let all = lines(true, false, Some("abc"));
        assert_eq!(
            all[0],
            "50 of 1,204 shown (--limit 0 for all; --cursor abc for the next)"
        );
        assert_eq!(
            lines(true, false, None)[0],
            "50 of 1,204 shown (--limit 0 for all)"
        );
        assert_eq!(
            lines(false, true, None)[0],
            "50 of 1,204 shown: the last of them"
        );
    }

    #[test]
    fn on_a_terminal_no_cursor_is_shown() {
        assert_eq!(
            said(true, false, Some("abc"), true)[0],
            "50 of 1,204 shown (--limit 0 for all)"
        );
    }

    #[test]
    fn it_ends_with_the_coverage_the_time_and_the_server() {
        assert_eq!(
            lines(false, false, None),
            [
                "covers all of 2 hosts and the 3 images that they run",
                "as of 1970-01-01T00:00:00Z, http://127.0.0.1:8420"
            ]
        );
    }
}
