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
    /// What vendors state.
    Vex,
}

impl Holds {
    /// Its word in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Advisories => "advisories",
            Self::Kev => "kev",
            Self::Epss => "epss",
            Self::Vex => "vex",
        }
    }

    /// Read again.
    pub fn read(word: &str) -> Self {
        let all = [Self::Kev, Self::Epss, Self::Vex];
        let known = all.into_iter().find(|one| one.as_str() == word);
        known.unwrap_or(Self::Advisories)
    }
}
