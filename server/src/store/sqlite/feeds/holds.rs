//! What a feed holds: of several things one.

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Advisories.
    Advisories,
    /// A catalog of vulnerabilities that are exploited.
    Kev,
    /// How likely vulnerabilities are to be exploited.
    Epss,
}

impl Holds {
    /// Its word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advisories => "advisories",
            Self::Kev => "kev",
            Self::Epss => "epss",
        }
    }

    /// Read again.
    pub fn read(word: &str) -> Self {
        let all = [Self::Kev, Self::Epss];
        let known = all.into_iter().find(|one| one.as_str() == word);
        known.unwrap_or(Self::Advisories)
    }
}
