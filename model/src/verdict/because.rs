//! Reasons, in words for whoever has to act on a verdict.

use std::fmt;

/// Why a verdict is what it is. Shown, it is a sentence without its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because<'a> {
    /// The advisory's id.
    pub id: &'a str,
    /// The ecosystem of the package that it names.
    pub ecosystem: &'a str,
    /// The artifact's name.
    pub name: &'a str,
    /// The artifact's version.
    pub version: &'a str,
    /// The source package and its version, where the advisory means that. The version is empty where it
    /// isn't known.
    pub source: Option<(&'a str, &'a str)>,
    /// What decided.
    pub why: Why<'a>,
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why<'a> {
    /// It is older than this fix.
    OlderThan(&'a str),
    /// It is no newer than this last vulnerable version.
    UpToLast(&'a str),
    /// Every version is vulnerable.
    Every,
    /// Every version from this one on is.
    EverySince(&'a str),
    /// The version is listed one by one.
    Listed,
    /// It isn't older than this fix.
    FixedIn(&'a str),
    /// It is older than the first vulnerable version.
    BeforeFirst(&'a str),
    /// It is newer than this last vulnerable version.
    PastLast(&'a str),
    /// The range ends before it, and nothing is said of what is behind.
    PastLimit(&'a str),
    /// The record lists versions, and this one isn't among them.
    NotListed,
    /// The record names no version that is vulnerable.
    Nothing,
    /// The record was withdrawn.
    Withdrawn,
    /// It is of this module, and the advisory is about another one.
    OtherModule(&'a str, &'a str),
    /// It is of no module, and the advisory is about one.
    NoModule,
    /// It is of a module, and the advisory is about what is outside of modules.
    InModule,
    /// The advisory means other packages that are built from its source.
    OtherBinary,
    /// The advisory means packages that are built from its source, one of which has its name but for
    /// numbers.
    SimilarBinary,
    /// It holds the kernel's headers alone, and none of its code.
    HeadersOnly,
    /// Which distribution the image is of isn't known.
    DistroUnknown,
    /// Which release of the distribution the image is of isn't known.
    ReleaseUnknown,
    /// Which release the advisory is about isn't known.
    AnyRelease,
    /// The advisory is about a product, and whether the image is of it isn't known.
    Product,
    /// Vulnerable versions are known up to this one.
    PastKnown(&'a str),
    /// The version can't be read.
    VersionUnreadable,
    /// The version of the source isn't known.
    SourceUnknown,
    /// This bound of the advisory can't be read.
    BoundUnreadable(&'a str),
    /// The advisory has nothing to hold a version against.
    NoVersions,
    /// A part of the advisory that may mean it can't be read.
    Incomplete,
    /// It is of a module, and which one isn't known.
    ModuleUnknown,
    /// The advisory is about a module, and which one isn't known.
    ModuleUnsaid,
    /// A build's own version, of which nobody knows which release it follows.
    MainModule,
    /// The group of a Java archive isn't known.
    GroupUnknown,
    /// The advisory names a Go module without its major version, and may mean the first ones alone.
    MajorUnsaid,
    /// It is a tag that moves from version to version.
    MovingTag,
    /// This vendor states that it isn't vulnerable here, or no longer, and why.
    Stated(&'a str, &'a str),
}

impl fmt::Display for Because<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.thing(f)?;
        match self.why {
            Why::OlderThan(fix) => write!(f, "is older than {fix}"),
            Why::UpToLast(last) => {
                write!(
                    f,
                    "is no newer than {last}, the last version that is affected"
                )
            }
            Why::Every => f.write_str("is affected in every version, and no fix is known"),
            Why::EverySince(since) => {
                write!(f, "isn't older than {since}, and no fix is known since")
            }
            Why::Listed => f.write_str("is listed as affected"),
            Why::FixedIn(fix) => write!(f, "isn't older than {fix}, which fixes it"),
            Why::BeforeFirst(first) => {
                write!(
                    f,
                    "is older than {first}, the first version that is affected"
                )
            }
            Why::PastLast(last) => {
                write!(f, "is newer than {last}, the last version that is affected")
            }
            Why::PastLimit(limit) => {
                write!(
                    f,
                    "isn't older than {limit}, and nothing is said of what follows"
                )
            }
            Why::NotListed => f.write_str("isn't among the versions that are listed as affected"),
            Why::Nothing => f.write_str("is in no range of versions that are affected"),
            _ => self.not_meant(f),
        }?;
        write!(f, " ({}, {})", self.ecosystem, self.id)
    }
}

impl Because<'_> {
    /// What it is about, up to where the reason goes on.
    fn thing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, version, .. } = self;
        match self.source {
            // The version is what this is about, so it isn't said in front of it.
            _ if self.is_aside() => write!(f, "{name} {version}: "),
            Some((source, own)) if source == *name && own == *version => {
                write!(f, "{name} {version} ")
            }
            Some((source, "")) => write!(f, "{name} is built from {source}, which "),
            Some((source, own)) => write!(f, "{name} is built from {source} {own}, which "),
            None => write!(f, "{name} {version} "),
        }
    }

    /// Whether the reason is a sentence of its own.
    fn is_aside(&self) -> bool {
        matches!(
            self.why,
            Why::DistroUnknown
                | Why::HeadersOnly
                | Why::OtherBinary
                | Why::SimilarBinary
                | Why::ReleaseUnknown
                | Why::AnyRelease
                | Why::Product
                | Why::SourceUnknown
                | Why::BoundUnreadable(_)
                | Why::NoVersions
                | Why::Incomplete
                | Why::ModuleUnsaid
                | Why::GroupUnknown
                | Why::MajorUnsaid
                | Why::Withdrawn
                | Why::Stated(..)
        )
    }

    /// Why the advisory doesn't mean it, or may not.
    fn not_meant(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, _) = self.source.unwrap_or((self.name, self.version));
        match self.why {
            Why::OtherModule(own, meant) => {
                write!(
                    f,
                    "is of the module {own}, and the advisory is about {meant}"
                )
            }
            Why::NoModule => f.write_str("is of no module, and the advisory is about one"),
            Why::InModule => {
                f.write_str("is of a module, and the advisory is about packages outside of modules")
            }
            Why::HeadersOnly => {
                f.write_str("it holds headers of the kernel alone, and none of its code")
            }
            Why::OtherBinary => write!(
                f,
                "it isn't among the packages built from {name} that the advisory is about"
            ),
            Why::SimilarBinary => write!(
                f,
                "the advisory lists what it means of {name}, and that differs from this in its numbers \
                 alone"
            ),
            _ => self.unknown(f),
        }
    }

    /// Why nothing can be known, or no longer is.
    fn unknown(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.why {
            Why::DistroUnknown => f.write_str("the distribution of its image isn't known"),
            Why::ReleaseUnknown => {
                f.write_str("the release of its image's distribution isn't known")
            }
            Why::AnyRelease => f.write_str("the advisory doesn't say which release it is about"),
            Why::Product => {
                f.write_str("the advisory is about a product that its image may or may not be of")
            }
            Why::PastKnown(until) => {
                write!(
                    f,
                    "may be affected: the advisory knows of versions up to {until}"
                )
            }
            Why::VersionUnreadable => f.write_str("has a version that can't be compared"),
            Why::SourceUnknown => f.write_str("the version of its source package isn't known"),
            Why::BoundUnreadable(bound) => {
                write!(f, "the advisory's version {bound} can't be compared")
            }
            Why::NoVersions => f.write_str("the advisory has no versions that can be compared"),
            Why::Incomplete => {
                f.write_str("a part of the advisory that may be about it can't be read")
            }
            Why::ModuleUnknown => f.write_str("is of a module that isn't known"),
            Why::ModuleUnsaid => {
                f.write_str("the advisory is about a module and doesn't say which one")
            }
            Why::MainModule => f.write_str(
                "has a version that a build made up, and doesn't say which release it follows",
            ),
            Why::Stated(author, "") => {
                write!(f, "{author} states that this is nothing to fix here")
            }
            Why::Stated(author, why) => {
                write!(f, "{author} states that this is nothing to fix here: {why}")
            }
            Why::GroupUnknown => f.write_str("the group of this Java archive isn't known"),
            Why::MajorUnsaid => f.write_str(
                "the advisory names the module without its major version, and may not mean this one",
            ),
            Why::MovingTag => {
                f.write_str("is a tag that moves on, and may be before the fix or behind it")
            }
            _ => f.write_str("the advisory was withdrawn"),
        }
    }
}
