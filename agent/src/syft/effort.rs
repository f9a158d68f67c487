//! How much syft is to look for: everything, and after a bound has ended that, less and less.

use crate::process::Excess;

/// How much to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    /// Everything that an image may hold.
    All,
    /// All but what is packed in archives.
    WithoutArchives,
    /// All but that and what is compiled into programs.
    WithoutBinaries,
    /// What the distribution's package database lists.
    OnlyOs,
}

impl Effort {
    /// What to look for after a bound has ended this: without what may have cost so much. None where
    /// nothing is left to leave out.
    pub(crate) const fn after(self, excess: Excess) -> Option<Self> {
        match (self, excess) {
            // Nothing takes room but unpacked archives.
            (Self::All, Excess::Space(_)) => Some(Self::WithoutArchives),
            (Self::All | Self::WithoutArchives, _) => Some(Self::WithoutBinaries),
            (Self::WithoutBinaries, _) => Some(Self::OnlyOs),
            (Self::OnlyOs, _) => None,
        }
    }

    /// The catalogers among those for images, as syft's `--select-catalogers` takes them.
    pub(super) const fn catalogers(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::WithoutArchives => Some("-java"),
            Self::WithoutBinaries => Some("-java,-binary"),
            Self::OnlyOs => Some("os"),
        }
    }

    /// How it was looked, for people.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::All => "for everything",
            Self::WithoutArchives => "without Java archives",
            Self::WithoutBinaries => "without Java archives and binaries",
            Self::OnlyOs => "for packages of the distribution alone",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        Effort::{self, All, OnlyOs, WithoutArchives, WithoutBinaries},
        Excess::{self, Memory, Output, Space, Time},
    };

    /// What is tried after each bound that is passed, again and again.
    fn tried(excess: Excess) -> Vec<Effort> {
        let tried = std::iter::successors(Some(All), |effort| effort.after(excess));
        tried.collect()
    }

    #[test]
    fn what_may_have_cost_too_much_is_left_out_and_in_the_end_all_but_the_distributions_packages() {
        let archives_first = [All, WithoutArchives, WithoutBinaries, OnlyOs];
        assert_eq!(tried(Space(1)), archives_first);
        for excess in [Time(Duration::ZERO), Memory(1), Output(1)] {
            assert_eq!(tried(excess), [All, WithoutBinaries, OnlyOs], "{excess}");
        }
    }
}
