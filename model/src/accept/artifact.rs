//! An artifact as it is kept: within its bounds, without what no ecosystem knows, and with what
//! its package URL says of its source where the agent that scanned it said nothing.

use std::collections::BTreeSet;

use proto_types::Artifact;

use super::{left_out::Pile, refused::too_long};
use crate::{bounds, source, text::without_nul};

/// What had to be left out of an image's artifacts.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Whole artifacts.
    pub(super) artifacts: Pile,
    /// Fields that an artifact can be kept without.
    pub(super) fields: Pile,
}

impl LeftOut {
    /// Whether there is any of it.
    pub(super) const fn is_any(&self) -> bool {
        self.artifacts.is_any() || self.fields.is_any()
    }
}

/// The artifact as it is kept, unless it can't be.
pub(super) fn kept(artifact: Artifact, left_out: &mut LeftOut) -> Option<Artifact> {
    if let Some(reason) = odd(&artifact) {
        left_out.artifacts.add(&artifact.name, reason);
        return None;
    }
    let name = artifact.name;
    let mut field = |what, text: Option<String>, most| {
        let text = text.filter(|text| !text.is_empty())?;
        if text.len() > most {
            left_out.fields.add(&name, too_long(what, &text, most));
            return None;
        }
        Some(without_nul(text))
    };
    let mut kept = Artifact {
        artifact_type: without_nul(artifact.artifact_type),
        version: without_nul(artifact.version),
        purl: field("its purl", artifact.purl, bounds::PURL),
        source: field("its source", artifact.source, bounds::FIELD),
        source_version: field("its source_version", artifact.source_version, bounds::FIELD),
        module: field("its module", artifact.module, bounds::FIELD),
        licenses: licenses(artifact.licenses),
        owned_by_os: artifact.owned_by_os,
        name: without_nul(name),
    };
    source::fill(&mut kept);
    Some(kept)
}

/// What keeps an artifact from being taken.
fn odd(artifact: &Artifact) -> Option<String> {
    if artifact.name.is_empty() || artifact.artifact_type.is_empty() {
        return Some("it has no name or no type".to_owned());
    }
    [
        ("its type", &artifact.artifact_type),
        ("its name", &artifact.name),
        ("its version", &artifact.version),
    ]
    .into_iter()
    .find(|(_, text)| text.len() > bounds::FIELD)
    .map(|(what, text)| too_long(what, text, bounds::FIELD))
}

/// The licenses in order, each once. What is beyond a bound is left out: no answer rests on it.
fn licenses(licenses: Vec<String>) -> Vec<String> {
    let short = |license: &String| !license.is_empty() && license.len() <= bounds::FIELD;
    let all: BTreeSet<String> = licenses.into_iter().filter(short).collect();
    all.into_iter().take(bounds::LICENSES).collect()
}
