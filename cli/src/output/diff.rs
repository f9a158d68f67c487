//! What two sides hold differently: a sentence, and a row for each artifact.

use model::proof::{self, Gap};
use proto_types::{Artifact, DiffResponse, DiffSide, Direction};
use serde::Serialize;

use super::{
    heading::Heading,
    number::{counted, either, grouped},
    row::{Cell, Column, Listed, Row, Tone},
};

/// What happened to one artifact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct DiffRow {
    pub(crate) change: &'static str,
    #[serde(rename = "type")]
    pub(crate) artifact_type: String,
    pub(crate) name: String,
    /// The versions that only the first side holds, newest first.
    pub(crate) from: Vec<String>,
    /// The versions that only the second side holds, newest first.
    pub(crate) to: Vec<String>,
}

impl Row for DiffRow {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::Change => Cell::Word(self.change, self.tone()),
            Heading::Name => Cell::text(&self.name),
            Heading::Type => Cell::text(&self.artifact_type),
            Heading::From => versions(&self.from),
            Heading::To => versions(&self.to),
            _ => Cell::Empty,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl Listed for DiffRow {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::Change),
        Column::new(Heading::Name),
        Column::new(Heading::Type).leaves(),
        Column::new(Heading::From).cut_last(),
        Column::new(Heading::To).cut_last(),
    ];
}

impl DiffRow {
    fn tone(&self) -> Tone {
        match self.change {
            "up" | "added" => Tone::Good,
            "down" | "removed" => Tone::Doubtful,
            _ => Tone::Neutral,
        }
    }
}

fn versions(versions: &[String]) -> Cell {
    Cell::some_text(Some(&versions.join(" ")))
}

/// A row for each artifact that differs: up, down and level first, then added and removed.
pub(crate) fn rows(diff: &DiffResponse) -> Vec<DiffRow> {
    let changed = Direction::ALL.iter().flat_map(|direction| {
        let fitting = diff.changed.iter();
        fitting.filter(move |one| one.direction == *direction)
    });
    let changed = changed.map(|one| DiffRow {
        change: one.direction.as_str(),
        artifact_type: one.artifact_type.clone(),
        name: one.name.clone(),
        from: one.from.clone(),
        to: one.to.clone(),
    });
    let alone = |change, artifact: &Artifact, from, to| DiffRow {
        change,
        artifact_type: artifact.artifact_type.clone(),
        name: artifact.name.clone(),
        from,
        to,
    };
    let added = diff.added.iter();
    let added = added.map(|one| alone("added", one, Vec::new(), vec![one.version.clone()]));
    let removed = diff.removed.iter();
    let removed = removed.map(|one| alone("removed", one, vec![one.version.clone()], Vec::new()));
    changed.chain(added).chain(removed).collect()
}

/// `12 up, 1 down, 3 added, 2 removed`, or that nothing differs.
pub(crate) fn sentence(diff: &DiffResponse) -> String {
    let directed = |direction| {
        let fitting = diff.changed.iter().filter(|one| one.direction == direction);
        fitting.count()
    };
    let counts = [
        (directed(Direction::Up), "up"),
        (directed(Direction::Down), "down"),
        (directed(Direction::Level), "level"),
        (diff.added.len(), "added"),
        (diff.removed.len(), "removed"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| {
            format!(
                "{} {what}",
                grouped(u64::try_from(*count).unwrap_or(u64::MAX))
            )
        })
        .collect();
    if said.is_empty() {
        return format!(
            "no difference: both contain {}",
            counted(diff.to.artifacts, "artifact")
        );
    }
    said.join(", ")
}

/// What is not known of a side, where anything isn't.
pub(crate) fn gap(side: &DiffSide) -> Option<String> {
    let what = &side.what;
    let gaps = side.coverage.as_ref().map(proof::gaps).unwrap_or_default();
    if !gaps.is_empty() {
        let gaps: Vec<String> = gaps.into_iter().map(Gap::of_host).collect();
        let gaps = gaps.join("; ");
        return Some(format!("{what}: {gaps}: artifacts may be missing here"));
    }
    if side.images == 0 {
        return Some(format!("no image is known to have run on {what}"));
    }
    let missing = side.images_not_complete;
    let verb = either(missing, "has", "have");
    (missing > 0).then(|| {
        format!(
            "{} of {} of {what} {verb} no complete SBOM: artifacts may be missing here",
            grouped(missing),
            counted(side.images, "image")
        )
    })
}
