//! Where a version stands against the bound of a range.

use std::cmp::Ordering;

use super::{
    spoken::By,
    subject::Subject,
    suffix::{is_flavor, without_local, without_platform, without_revision},
    tag,
};
use crate::{
    advisory::{Event, Known},
    age,
    fields::ArtifactFields,
};

/// The version of an artifact, or of its source, to be held against bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Version<'a> {
    artifact_type: &'a str,
    /// As the artifact has it.
    pub(super) text: &'a str,
    purl: Option<&'a str>,
    is_source: bool,
}

impl<'a> Version<'a> {
    /// The version that counts where an advisory means an artifact by this name. Empty where it
    /// isn't known.
    pub(super) fn of<A: ArtifactFields>(subject: &Subject<'a, A>, by: By) -> Self {
        let artifact = subject.artifact;
        let is_source = by == By::Source;
        Self {
            artifact_type: artifact.artifact_type(),
            text: match is_source {
                true => artifact.source_version().unwrap_or_default(),
                false => artifact.version(),
            },
            purl: artifact.purl().filter(|_| !is_source),
            is_source,
        }
    }

    /// Whether it can be held against bounds at all.
    pub(super) fn is_readable(&self) -> bool {
        versions::is_readable(self.artifact_type, self.text)
    }

    /// Whether it can be held against this bound.
    pub(super) fn can_read(&self, bound: &str) -> bool {
        versions::is_readable(self.artifact_type, bound) && !self.is_of_commit(bound)
    }

    /// Whether a bound is a commit, by the Go version that it has before any release: which releases have it isn't known.
    pub(super) fn is_of_commit(&self, bound: &str) -> bool {
        self.artifact_type == "bitnami" && is_pseudo(bound)
    }

    /// Where it stands against a bound: `Less` where it is older.
    pub(super) fn compare(&self, bound: &str) -> Ordering {
        let text = match self.artifact_type {
            "bitnami" => without_revision(self.text, bound),
            "python" => without_local(self.text, bound),
            "gem" => without_platform(self.text),
            _ => return self.compare_with_epoch(bound),
        };
        versions::compare(self.artifact_type, text, bound)
    }

    fn compare_with_epoch(&self, bound: &str) -> Ordering {
        match self.is_source {
            true => age::compare_source_version(self.artifact_type, self.text, bound),
            false => {
                versions::compare_with_purl(self.artifact_type, self.text, self.purl, bound, None)
            }
        }
    }

    /// Whether it is a tag that moves, and may be on either side of a bound.
    pub(super) fn moves_past(&self, bound: &Event) -> bool {
        self.is_tag() && tag::may_pass(self.text, bound)
    }

    /// Whether it is a tag that moves, and may be a version that is listed.
    pub(super) fn moves_onto(&self, listed: &str) -> bool {
        self.is_tag() && tag::may_be(self.text, listed)
    }

    fn is_tag(&self) -> bool {
        matches!(
            self.artifact_type,
            "github-action" | "github-action-workflow"
        )
    }

    /// Whether it is newer than the last version that is vulnerable. One that is that, with a word behind it,
    /// is a flavor of it in Maven: `29.0-jre`, where a record says `29.0`.
    pub(super) fn is_past(&self, last: &str) -> bool {
        let is_flavor = self.artifact_type == "java-archive" && is_flavor(self.text, last);
        self.compare(last).is_gt() && !is_flavor
    }

    /// Whether it is surely one of the versions that are known to be vulnerable.
    pub(super) fn is_within(&self, known: &Known) -> bool {
        self.is_readable()
            && self.can_read(&known.until)
            && match known.included {
                true => !self.is_past(&known.until),
                false => self.compare(&known.until).is_lt(),
            }
    }

    /// The order of two bounds.
    pub(super) fn order(&self, a: &str, b: &str) -> Ordering {
        versions::compare(self.artifact_type, a, b)
    }

    /// Whether it is a version that a record lists. Where an ecosystem has several writings of one
    /// version, any of them is.
    pub(super) fn is(&self, listed: &str) -> bool {
        let (own, listed) = (self.text.trim(), listed.trim());
        if own == listed {
            return true;
        }
        match self.artifact_type {
            "deb" | "rpm" | "apk" | "python" | "dotnet" => {
                self.is_readable() && self.can_read(listed) && self.compare(listed).is_eq()
            }
            "go-module" => plain_go(own) == plain_go(listed),
            _ if self.is_tag() => {
                own.strip_prefix('v').unwrap_or(own) == listed.strip_prefix('v').unwrap_or(listed)
            }
            "bitnami" => without_revision(own, listed) == listed,
            "gem" => without_platform(own) == listed,
            _ => false,
        }
    }

    /// Whether it may be a build's own, of which nobody knows which release it follows: `v0.0.0`, which stands
    /// for a module that was built from a folder beside, or a pseudo-version that follows no tag. That of a dependency is told from it where the bound is one too, or
    /// where nobody builds the module but as a dependency.
    pub(super) fn may_be_of_main_module(&self, name: &str, bound: &str) -> bool {
        let is_from_a_folder = plain_go(self.text) == "0.0.0";
        self.artifact_type == "go-module"
            && (is_from_a_folder
                || (follows_no_tag(self.text)
                    && !is_pseudo(bound)
                    && !name.starts_with("golang.org/x/")))
    }
}

/// A Go version as the vulnerability database writes it: `1.22.1`, for `v1.22.1` and `go1.22.1`.
fn plain_go(version: &str) -> &str {
    let version = version.strip_prefix("go").unwrap_or(version);
    version.strip_prefix('v').unwrap_or(version)
}

/// A pseudo-version of a module without a tag before it: `v0.0.0-20220722155237-a158d28d115b`.
fn follows_no_tag(version: &str) -> bool {
    let numbers = plain_go(version).split('-').next().unwrap_or_default();
    is_pseudo(version) && numbers.ends_with(".0.0")
}

/// Whether a version ends in the time and the hash of a commit.
fn is_pseudo(version: &str) -> bool {
    let version = version.split('+').next().unwrap_or_default();
    let mut parts = version.rsplit('-');
    let is_hash = |part: &str| part.len() == 12 && part.bytes().all(|one| one.is_ascii_hexdigit());
    let is_time = |part: &str| {
        let part = part.rsplit('.').next().unwrap_or_default();
        part.len() == 14 && part.bytes().all(|one| one.is_ascii_digit())
    };
    parts.next().is_some_and(is_hash) && parts.next().is_some_and(is_time)
}
