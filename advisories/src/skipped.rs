//! What was skipped, and why.

use std::fmt;

use model::shown;

/// Declares the reasons with their words.
macro_rules! reasons {
    ($($(#[doc = $doc:literal])* $name:ident = $word:literal,)+) => {
        /// Why something was skipped.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $($(#[doc = $doc])* $name,)+ }

        impl Reason {
            /// All of them; those that skip a whole record come first.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// It in words.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

reasons! {
    /// A file of an archive or a folder isn't named like one with records.
    OtherFile = "file isn't JSON by its name",
    /// It is no JSON.
    NotJson = "record isn't JSON",
    /// It is JSON, and no object.
    NotARecord = "record isn't an object",
    /// It is over the bound of a record's length.
    TooLong = "record is too long",
    /// It is over the bound of a record's depth.
    TooDeep = "record is nested too deep",
    /// It has no id, or one that can't be one.
    NoId = "record has no id",
    /// It lists no package at all, as a record of a CVE that nobody has worked on does.
    NamesNothing = "record names no package",
    /// An entry has no package, no name, or no ecosystem.
    NoPackage = "package isn't named",
    /// An ecosystem isn't known; its packages are kept and fit no artifact.
    UnknownEcosystem = "ecosystem isn't known",
    /// A range is of commits.
    GitRange = "range is of Git commits",
    /// A range is of a type that isn't known.
    OtherRange = "range is of an unknown type",
    /// A range isn't one by its schema.
    MalformedRange = "range is malformed",
    /// An entry has nothing to hold a version against.
    NoVersions = "package has no versions",
    /// A package URL names another package than the name does, which is right.
    PurlDiffers = "purl names another package",
    /// A field isn't one by its schema.
    MalformedField = "field is malformed",
    /// There is more than the bound of what is kept.
    TooMany = "record has too many parts",
}

impl Reason {
    /// Whether a whole record, or a file, was skipped for it.
    #[must_use]
    pub fn is_of_record(self) -> bool {
        self <= Self::NoId
    }

    /// Whether something stays unknown without what was skipped for it: it may have meant an artifact.
    /// Ranges of commits never do, of two names the right one was taken, and a package without
    /// versions is kept, with an unknown verdict.
    #[must_use]
    pub fn leaves_open(self) -> bool {
        !matches!(
            self,
            Self::OtherFile | Self::GitRange | Self::PurlDiffers | Self::NoVersions
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Why.
    pub reason: Reason,
    /// What: the id of a record, or where it stands. On one line, bounded, and safe on a terminal.
    pub of: String,
    /// More of it: a name, or an error. Like `of`.
    pub detail: String,
}

impl Skipped {
    /// Something that was skipped; the texts may be anything.
    #[must_use]
    pub fn new(reason: Reason, of: &str, detail: &str) -> Self {
        Self {
            reason,
            of: shown::on_one_line(of, 200),
            detail: shown::on_one_line(detail, 200),
        }
    }

    /// The reason, and more of it where there is.
    #[must_use]
    pub fn why(&self) -> String {
        match self.detail.is_empty() {
            true => self.reason.to_string(),
            false => format!("{} ({})", self.reason, self.detail),
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.of, self.why())
    }
}
