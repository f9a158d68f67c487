//! How urgent a vulnerability is: whether it is known to be exploited (CISA's KEV), and how likely it is to be (FIRST's
//! EPSS). Neither says what is affected.

use std::cmp::Reverse;

use jiff::civil::Date;
use proto_types::Share;

/// What is known of one vulnerability, or of all that an advisory is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Urgency {
    /// That it is in the catalog of those that are exploited.
    pub kev: Option<Exploited>,
    /// How likely it is to be exploited.
    pub epss: Option<Likely>,
}

/// An entry of the catalog.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exploited {
    /// When it was added.
    pub added: Option<Date>,
    /// Until when agencies must have fixed it.
    pub due: Option<Date>,
}

/// How likely a vulnerability is to be exploited within thirty days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likely {
    /// The probability.
    pub score: Share,
    /// Which share of all vulnerabilities is less likely to be or as likely.
    pub percentile: Share,
}

impl Urgency {
    /// What is known of two vulnerabilities together: the entry that was added first, and the likelier of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let kev = match (self.kev, other.kev) {
            (Some(one), Some(two)) => Some(first(one, two)),
            (one, two) => one.or(two),
        };
        Self {
            kev,
            epss: self.epss.max(other.epss),
        }
    }

    /// What puts the more urgent first: what is exploited, and then by how likely it is to be.
    #[must_use]
    pub fn rank(&self) -> impl Ord + use<> {
        (self.kev.is_none(), Reverse(self.epss))
    }

    /// When it was added to the catalog, as a date; `yes` where that doesn't say.
    #[must_use]
    pub fn added(&self) -> Option<String> {
        let date = |date: Date| date.to_string();
        self.kev
            .map(|one| one.added.map_or_else(|| "yes".to_owned(), date))
    }
}

/// The one that was added first. One without a date says the least.
fn first(one: Exploited, two: Exploited) -> Exploited {
    let key = |of: &Exploited| (of.added.is_none(), of.added, of.due.is_none(), of.due);
    match key(&two) < key(&one) {
        true => two,
        false => one,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn exploited(added: &str) -> Urgency {
        let kev = Exploited {
            added: added.parse().ok(),
            due: None,
        };
        Urgency {
            kev: Some(kev),
            epss: None,
        }
    }

    fn likely(score: f64) -> Urgency {
        let share = Share::new(score).unwrap();
        let epss = Likely {
            score: share,
            percentile: share,
        };
        Urgency {
            kev: None,
            epss: Some(epss),
        }
    }

    #[test]
    fn of_several_the_first_that_was_exploited_and_the_likeliest_count() {
        let both = exploited("2024-02-01").and(exploited("2023-01-01"));
        assert_eq!(both.added().as_deref(), Some("2023-01-01"));
        assert_eq!(exploited("").and(both).added(), both.added());
        assert_eq!(exploited("").added().as_deref(), Some("yes"));
        assert_eq!(likely(0.1).and(likely(0.7)), likely(0.7));
        assert_eq!(Urgency::default().and(likely(0.1)), likely(0.1));
        assert_eq!(Urgency::default().added(), None);
    }

    #[test]
    fn what_is_exploited_comes_before_what_is_likely_to_be() {
        let mut all = [
            Urgency::default(),
            likely(0.1),
            exploited("2024-02-01"),
            likely(0.9),
            exploited("2024-02-01").and(likely(0.5)),
        ];
        all.sort_by_key(Urgency::rank);
        let expected = [
            exploited("2024-02-01").and(likely(0.5)),
            exploited("2024-02-01"),
            likely(0.9),
            likely(0.1),
            Urgency::default(),
        ];
        assert_eq!(all, expected);
    }
}
