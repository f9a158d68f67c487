//! Whether an rpm is of the module that an advisory means.

use super::{because::Why, subject::Subject, within::Said};
use crate::{
    advisory::{Affected, Module, begins, is_modular},
    fields::ArtifactFields,
};

/// What the module alone says; `None` where the version decides.
///
/// A package without a label may still say in its release that it was built for a module: then which
/// one isn't known, unless it is the very build that the advisory names. What says neither is of none.
pub(super) fn judged<'a, A: ArtifactFields>(
    entry: &'a Affected,
    subject: &Subject<'a, A>,
) -> Option<Said<'a>> {
    let label = subject.label();
    let is_of_one = label.is_some() || is_modular(subject.artifact.version());
    match (&entry.module, label) {
        (Module::Unsaid, _) => None,
        (Module::Of(_), _) if is_named(entry, subject) => None,
        (Module::Outside, _) => is_of_one.then_some(Said::not_affected(Why::InModule)),
        (Module::Of(_), _) if !is_of_one => Some(Said::not_affected(Why::NoModule)),
        (Module::Of(names), Some(label)) => among(names, label),
        (Module::Of(_), None) => Some(Said::unknown(Why::ModuleUnknown)),
    }
}

/// Whether an entry names the very build that a package is, whose release tells it from those of other
/// modules.
fn is_named<A: ArtifactFields>(entry: &Affected, subject: &Subject<'_, A>) -> bool {
    let (own, version) = (subject.artifact.name(), subject.artifact.version());
    let mut events = entry.ranges.iter().flat_map(|range| &range.events);
    own == entry.name && is_modular(version) && events.any(|event| event.version() == version)
}

fn among<'a>(names: &'a [String], label: &'a str) -> Option<Said<'a>> {
    let Some(first) = names.first() else {
        return Some(Said::unknown(Why::ModuleUnsaid));
    };
    let is_meant = names.iter().any(|name| begins(name, label));
    (!is_meant).then(|| Said::not_affected(Why::OtherModule(stream(label), first)))
}

/// The name and the stream of a label, without the version and the context of its build.
fn stream(label: &str) -> &str {
    let mut colons = label.match_indices(':').map(|(at, _)| at);
    colons.nth(1).map_or(label, |end| &label[..end])
}
