//! Whether an rpm is of the module that an advisory means.

use super::{because::Why, subject::Subject, within::Said};
use crate::{
    advisory::{Module, begins, is_modular},
    fields::ArtifactFields,
};

/// What the module alone says; `None` where the version decides.
///
/// A package without a label may still say in its release that it was built for a module: then which
/// one isn't known. What says neither is of none.
pub(super) fn judged<'a, A: ArtifactFields>(
    module: &'a Module,
    subject: &Subject<'a, A>,
) -> Option<Said<'a>> {
    let label = subject.label();
    let is_of_one = label.is_some() || is_modular(subject.artifact.version());
    match (module, label) {
        (Module::Unsaid, _) => None,
        (Module::Outside, _) => is_of_one.then_some(Said::not_affected(Why::InModule)),
        (Module::Of(_), _) if !is_of_one => Some(Said::not_affected(Why::NoModule)),
        (Module::Of(names), Some(label)) => among(names, label),
        (Module::Of(_), None) => Some(Said::unknown(Why::ModuleUnknown)),
    }
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
