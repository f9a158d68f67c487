//! What `changes` lists.

use proto_types::{Artifact, Change, ChangeKind};

use crate::output::heading::Heading;
use crate::output::row::{Cell, Column, Listed, Row, Tone};

impl Row for Change {
    fn cell(&self, heading: Heading) -> Cell {
        match heading {
            Heading::At => Cell::Time(self.at),
            Heading::Kind => Cell::Word(self.kind.as_str(), tone(self.kind)),
            Heading::Host => Cell::some_text(self.host.as_deref()),
            Heading::Container => Cell::some_text(self.container.as_deref()),
            Heading::ImageName => Cell::some_text(self.image_name.as_deref()),
            Heading::ImageDigest => self.image_digest.map_or(Cell::Empty, Cell::Digest),
            Heading::Name => of_artifact(self, |one| &one.name),
            Heading::Version => of_artifact(self, |one| &one.version),
            Heading::Type => of_artifact(self, |one| &one.artifact_type),
            _ => Cell::Empty,
        }
    }

    /// What changed: HOST/CONTAINER of a run, the name of an artifact.
    fn name(&self) -> String {
        match (&self.host, &self.container, &self.artifact) {
            (Some(host), Some(container), _) => format!("{host}/{container}"),
            (_, _, Some(artifact)) => artifact.name.clone(),
            _ => self.kind.to_string(),
        }
    }
}

impl Listed for Change {
    const COLUMNS: &'static [Column] = &[
        Column::new(Heading::At),
        Column::new(Heading::Kind),
        Column::new(Heading::Host).where_any(),
        Column::new(Heading::Container).cut_last().where_any(),
        Column::new(Heading::ImageName).cut().where_any(),
        Column::new(Heading::ImageDigest).leaves().where_any(),
        Column::new(Heading::Name).where_any(),
        Column::new(Heading::Version).where_any(),
        Column::new(Heading::Type).leaves().where_any(),
    ];
}

fn of_artifact(change: &Change, field: fn(&Artifact) -> &String) -> Cell {
    Cell::some_text(change.artifact.as_ref().map(|one| field(one).as_str()))
}

const fn tone(kind: ChangeKind) -> Tone {
    match kind {
        ChangeKind::Started => Tone::Good,
        ChangeKind::Stopped => Tone::Doubtful,
        ChangeKind::Appeared => Tone::Neutral,
    }
}
